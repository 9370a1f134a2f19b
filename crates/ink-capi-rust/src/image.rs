//! An image's life: who makes it, who frees it, and how the garbage collector sees it.

use std::cell::{Cell, UnsafeCell};
use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3_ffi::*;

use crate::arguments::constructor;
use crate::errors::refused;
use crate::module::State;
use crate::reference::{Outcome, Owned, object, raise, status};

/// What an image is in memory. CPython hands it out set to zero, and that is a valid one: an
/// image that was never made counts as closed. Plain cells do, since the GIL is held by whoever
/// touches them; so a build of Python without a GIL turns it on for this module.
#[repr(C)]
pub struct ImageObject {
    /// Python's own part, which it changes while we look at the rest.
    base: UnsafeCell<PyObject>,
    /// Read and changed by the functions of `usage` alone.
    pub(crate) image: UnsafeCell<Option<Box<ink::Image>>>,
    /// A reference of ours, or NULL after `del` or `tp_clear`. CPython's own code sets it.
    pub(crate) tag: Cell<*mut PyObject>,
    /// The callback of `map` runs.
    pub(crate) mapped: Cell<bool>,
    /// `blur` runs, without the GIL.
    pub(crate) blurred: Cell<bool>,
    /// How many buffers are out, and what they point to.
    pub(crate) exports: Cell<usize>,
    pub(crate) shape: Cell<[Py_ssize_t; 3]>,
    pub(crate) strides: Cell<[Py_ssize_t; 3]>,
    pub(crate) weak_references: Cell<*mut PyObject>,
}

impl ImageObject {
    /// # Safety
    /// `op` is an image, and kept for `'a`, with the GIL held.
    pub unsafe fn new<'a>(op: *mut PyObject) -> &'a Self {
        // SAFETY: then this is what it looks like.
        unsafe { &*op.cast() }
    }

    // by hand: ownership
    /// From here on the object owns the image.
    fn adopt(&self, image: ink::Image) {
        let (width, height) = (image.width() as Py_ssize_t, image.height() as Py_ssize_t);
        self.shape.set([height, width, 3]);
        self.strides.set([width * 3, 3, 1]);
        // SAFETY: nobody else has it in use: there was none before.
        unsafe { *self.image.get() = Some(Box::new(image)) };
    }
    // by hand: end
}

// by hand: ownership
pub unsafe extern "C" fn new(
    kind: *mut PyTypeObject,
    _args: *mut PyObject,
    _kwargs: *mut PyObject,
) -> *mut PyObject {
    object(|| {
        // SAFETY: a new object of the type that is being instantiated, all zero.
        unsafe {
            let made = Owned::new(PyType_GenericAlloc(kind, 0))?;
            ImageObject::new(made.as_ptr())
                .tag
                .set(Py_NewRef(Py_None()));
            Ok(made)
        }
    })
}

/// For `from_pixels` and `read`: an object without a call of `__init__`, which in a subclass may
/// want other arguments.
pub fn owner(kind: *mut PyTypeObject, image: ink::Image) -> Outcome<Owned> {
    // SAFETY: `kind` is the image type or a subclass of it.
    unsafe {
        let made = Owned::new(new(kind, ptr::null_mut(), ptr::null_mut()))?;
        ImageObject::new(made.as_ptr()).adopt(image);
        Ok(made)
    }
}

pub unsafe extern "C" fn init(
    op: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> c_int {
    status(|| {
        // SAFETY: CPython's own arguments.
        let (this, state, [width, height]) = unsafe {
            let names = [c"width", c"height"];
            let given = constructor(args, kwargs, c"OO:Image", names)?;
            (ImageObject::new(op), State::of_image(op)?, given)
        };
        let (width, height) = (width.u32("width")?, height.u32("height")?);
        if !this.is_closed() {
            // SAFETY: a static of CPython's. Python lets anybody call `__init__` again.
            return Err(raise(
                unsafe { PyExc_RuntimeError },
                "the image has been made already",
            ));
        }
        this.adopt(ink::Image::new(width, height).map_err(|e| refused(state, e))?);
        Ok(())
    })
}
// by hand: end

// by hand: cycles
// Shows the garbage collector each reference that the object holds. One too few and a cycle is
// never found; one too many and it frees what is in use.
pub unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: an image. An object of a type made at run time holds its type.
    unsafe {
        let done = visit(Py_TYPE(op).cast(), arg);
        let tag = ImageObject::new(op).tag.get();
        if done != 0 || tag.is_null() {
            done
        } else {
            visit(tag, arg)
        }
    }
}

pub unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: an image. The place is empty before the reference is given back.
    unsafe { Py_XDECREF(ImageObject::new(op).tag.replace(ptr::null_mut())) };
    0
}
// by hand: end

// by hand: ownership
/// The last reference has gone. No view is out, since each holds one, and no method runs, since
/// its caller holds one.
pub unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: the object is ours alone now. It leaves the garbage collector's list before
    // anything is gone that `traverse` would look at.
    unsafe {
        let kind = Py_TYPE(op);
        PyObject_GC_UnTrack(op.cast());
        PyObject_ClearWeakRefs(op);
        clear(op);
        drop((*ImageObject::new(op).image.get()).take());
        PyObject_GC_Del(op.cast());
        Py_DECREF(kind.cast());
    }
}
// by hand: end
