//! The buffer protocol: pixels that are shown without a copy. PyO3 hands on CPython's own struct,
//! to be filled in field by field.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::Arc;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::image::Image;

// by hand: buffer_protocol
/// What a view needs as long as it is out. It is the view's own, and dropped with it.
struct Export {
    shape: [ffi::Py_ssize_t; 3],
    strides: [ffi::Py_ssize_t; 3],
    /// Its being there is what counts: the image asks how many there are.
    _counted: Arc<()>,
}

/// Fills in a view of an image's pixels, and counts it.
///
/// # Safety
/// `view` and `flags` are what CPython gave to `__getbuffer__`.
pub unsafe fn fill(
    owner: &Bound<'_, Image>,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> PyResult<()> {
    // SAFETY: CPython's place for a view. NULL for `obj` says that none was made.
    unsafe { (*view).obj = ptr::null_mut() };
    // Borrowed alone, though it only looks: while it is mapped, no view is given out.
    let image = owner.try_borrow_mut()?;
    let (image, exports) = (image.inner.open()?, image.inner.exports());
    let asks = |flag: c_int| flags & flag == flag;
    if asks(ffi::PyBUF_WRITABLE) {
        return Err(PyBufferError::new_err("the pixels are read-only"));
    }
    if asks(ffi::PyBUF_F_CONTIGUOUS) {
        return Err(PyBufferError::new_err("the pixels lie row by row"));
    }
    let (width, height) = (image.width() as isize, image.height() as isize);
    let export = Box::into_raw(Box::new(Export {
        shape: [height, width, 3],
        strides: [width * 3, 3, 1],
        _counted: Arc::clone(exports),
    }));
    // Who asks for less is told less: NULL means "one row of bytes".
    let if_asked = |flag, field: *mut c_void| if asks(flag) { field } else { ptr::null_mut() };
    // SAFETY: `view` is CPython's, to be filled; `export` was made above and is given back in
    // `release`. The view has a reference to the owner, who neither moves nor changes nor frees
    // the pixels as long as `exports` counts a view.
    unsafe {
        *view = ffi::Py_buffer {
            buf: image.bytes_ptr().cast_mut().cast(),
            obj: owner.clone().into_ptr(),
            len: image.bytes().len() as isize,
            itemsize: 1,
            readonly: 1,
            ndim: if asks(ffi::PyBUF_ND) { 3 } else { 1 },
            format: if_asked(ffi::PyBUF_FORMAT, c"B".as_ptr().cast_mut().cast()).cast(),
            shape: if_asked(ffi::PyBUF_ND, (&raw mut (*export).shape).cast()).cast(),
            strides: if_asked(ffi::PyBUF_STRIDES, (&raw mut (*export).strides).cast()).cast(),
            suboffsets: ptr::null_mut(),
            internal: export.cast::<c_void>(),
        };
    }
    Ok(())
}

/// Takes back what `fill` gave to this view.
///
/// # Safety
/// `view` was filled by [`fill`], and is released for the first time.
pub unsafe fn release(view: *mut ffi::Py_buffer) {
    // SAFETY: `internal` is what `fill` put there, and nobody else takes it.
    drop(unsafe { Box::from_raw((*view).internal.cast::<Export>()) });
}
// by hand: end
