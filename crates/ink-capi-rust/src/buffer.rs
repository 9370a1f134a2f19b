//! The buffer protocol: the library's own memory, shown without a copy.

use std::ffi::c_int;
use std::ptr;

use pyo3_ffi::*;

use crate::image::ImageObject;
use crate::reference::{Owned, object, raise, status};

pub unsafe extern "C" fn pixels(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a new reference, or NULL with an exception.
    object(|| unsafe { Owned::new(PyMemoryView_FromObject(op)) })
}

// by hand: buffer_protocol
pub unsafe extern "C" fn get(op: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    status(|| {
        let asks = |flag: c_int| flags & flag == flag;
        // SAFETY: an image, and CPython's place for a view. NULL for `obj` says that none was made.
        let this = unsafe {
            (*view).obj = ptr::null_mut();
            ImageObject::new(op)
        };
        this.may_export()?;
        if asks(PyBUF_WRITABLE) {
            // SAFETY: here and below, a static of CPython's.
            return Err(raise(
                unsafe { PyExc_BufferError },
                "the pixels are read-only",
            ));
        }
        if asks(PyBUF_F_CONTIGUOUS) {
            // SAFETY: as above.
            return Err(raise(
                unsafe { PyExc_BufferError },
                "the pixels lie row by row",
            ));
        }
        let (start, length) = this.read(|image| (image.bytes_ptr(), image.bytes().len()))?;
        // Who asks for less is told less: NULL means "one row of bytes".
        let if_asked =
            |flag, field: *mut Py_ssize_t| if asks(flag) { field } else { ptr::null_mut() };
        // SAFETY: CPython's place for a view. The view's reference keeps the object, and with it
        // shape and strides; `exports` keeps the pixels where and as they are.
        unsafe {
            *view = Py_buffer {
                buf: start.cast_mut().cast(),
                obj: Py_NewRef(op),
                len: length as Py_ssize_t,
                itemsize: 1,
                readonly: 1,
                ndim: if asks(PyBUF_ND) { 3 } else { 1 },
                format: if asks(PyBUF_FORMAT) {
                    c"B".as_ptr().cast_mut()
                } else {
                    ptr::null_mut()
                },
                shape: if_asked(PyBUF_ND, this.shape.as_ptr().cast()),
                strides: if_asked(PyBUF_STRIDES, this.strides.as_ptr().cast()),
                suboffsets: ptr::null_mut(),
                internal: ptr::null_mut(),
            };
        }
        this.exports.set(this.exports.get() + 1);
        Ok(())
    })
}

pub unsafe extern "C" fn release(op: *mut PyObject, _view: *mut Py_buffer) {
    // SAFETY: an image; CPython releases each view once, with the GIL held.
    let this = unsafe { ImageObject::new(op) };
    this.exports.set(this.exports.get() - 1);
}
// by hand: end
