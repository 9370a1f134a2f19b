//! What an image is: its properties, and how it is closed.

use std::ffi::{c_int, c_void};

use pyo3_ffi::*;

use crate::errors::text;
use crate::image::ImageObject;
use crate::module::State;
use crate::reference::{Given, Outcome, Owned, object, raise, status};
use crate::usage::raised;

/// A property, or a method without arguments.
///
/// # Safety
/// `op` is an image, which CPython keeps for the length of the call.
pub unsafe fn ask(
    op: *mut PyObject,
    body: impl FnOnce(&ImageObject) -> Outcome<Owned>,
) -> *mut PyObject {
    // SAFETY: as above.
    let this = unsafe { ImageObject::new(op) };
    object(|| body(this))
}

fn number(value: u32) -> Outcome<Owned> {
    // SAFETY: a new `int`, or NULL with an exception.
    unsafe { Owned::new(PyLong_FromUnsignedLong(value.into())) }
}

pub unsafe extern "C" fn width(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: a property of this type.
    unsafe { ask(op, |this| number(this.read(ink::Image::width)?)) }
}

pub unsafe extern "C" fn height(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: a property of this type.
    unsafe { ask(op, |this| number(this.read(ink::Image::height)?)) }
}

pub unsafe extern "C" fn title(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: a property of this type.
    unsafe {
        ask(op, |this| {
            text(&this.read(|image| image.title().to_owned())?)
        })
    }
}

pub unsafe extern "C" fn set_title(
    op: *mut PyObject,
    title: *mut PyObject,
    _: *mut c_void,
) -> c_int {
    status(|| {
        // SAFETY: a property of this type; NULL says that it is to be deleted.
        let (this, state, title) = unsafe {
            (
                ImageObject::new(op),
                State::of_image(op)?,
                Given::new(title),
            )
        };
        let Some(title) = title else {
            // SAFETY: a static of CPython's.
            return Err(raise(
                unsafe { PyExc_AttributeError },
                "the title cannot be deleted",
            ));
        };
        let title = title.text(state)?;
        raised(state, this.retitle(|image| image.set_title(title))?)
    })
}

pub unsafe extern "C" fn describe(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a method of this type.
    unsafe { ask(op, |this| text(&this.read(ink::Image::describe)?)) }
}

// by hand: closed
pub unsafe extern "C" fn closed(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: a property of this type; a new reference comes back.
    unsafe {
        ask(op, |this| {
            Owned::new(PyBool_FromLong(this.is_closed().into()))
        })
    }
}

pub unsafe extern "C" fn close(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a method of this type.
    unsafe { ask(op, |this| this.close().map(|()| Given::none().to_owned())) }
}

pub unsafe extern "C" fn enter(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a method of this type. What comes back is a reference of its own.
    unsafe { ask(op, |this| this.read(|_| Owned::new(Py_NewRef(op)))?) }
}

/// Gives None, which is false: an exception goes on its way.
pub unsafe extern "C" fn exit(
    op: *mut PyObject,
    _: *mut *mut PyObject,
    _: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: a method of this type.
    unsafe { close(op, std::ptr::null_mut()) }
}
// by hand: end
