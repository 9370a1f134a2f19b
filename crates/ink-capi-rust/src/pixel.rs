//! A pixel: a value, whose memory is Python's and whose content is the library's own struct.

use std::ffi::{c_int, c_void};
use std::mem::offset_of;
use std::ptr;

use pyo3_ffi::*;

use crate::arguments::constructor;
use crate::module::State;
use crate::reference::{Given, Outcome, Owned, object, raise};

#[repr(C)]
pub struct PixelObject {
    base: PyObject,
    pixel: ink::Pixel,
}

/// A new Python pixel.
pub fn from_ink(state: &State, pixel: ink::Pixel) -> Outcome<Owned> {
    // SAFETY: the module's own type, made from `SPEC`.
    unsafe { alloc(State::get(&state.pixel_type)?.as_ptr().cast(), pixel) }
}

/// The pixel in an object, if it is one.
pub fn to_ink(state: &State, given: Given<'_>) -> Outcome<ink::Pixel> {
    let kind = State::get(&state.pixel_type)?;
    // SAFETY: the object is alive. No other type has this address, and there are no subclasses.
    unsafe {
        match ptr::eq(Py_TYPE(given.as_ptr()), kind.as_ptr().cast()) {
            true => Ok(value(given.as_ptr())),
            false => Err(raise(PyExc_TypeError, "a Pixel is wanted")),
        }
    }
}

/// # Safety
/// `op` is a pixel.
unsafe fn value(op: *mut PyObject) -> ink::Pixel {
    // SAFETY: then this is what it looks like.
    unsafe { (*op.cast::<PixelObject>()).pixel }
}

/// # Safety
/// `kind` was made from `SPEC`.
unsafe fn alloc(kind: *mut PyTypeObject, pixel: ink::Pixel) -> Outcome<Owned> {
    // SAFETY: a new object of the size that the spec says.
    unsafe {
        let made = Owned::new(PyType_GenericAlloc(kind, 0))?;
        (*made.as_ptr().cast::<PixelObject>()).pixel = pixel;
        Ok(made)
    }
}

pub unsafe extern "C" fn new(
    kind: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    object(|| {
        // SAFETY: CPython's own arguments.
        let [r, g, b] = unsafe { constructor(args, kwargs, c"OOO:Pixel", [c"r", c"g", c"b"]) }?;
        let pixel = ink::Pixel::new(r.u8("r")?, g.u8("g")?, b.u8("b")?);
        // SAFETY: the type that is being instantiated.
        unsafe { alloc(kind, pixel) }
    })
}

// by hand: second_interpreter
/// A pixel refers to nothing but its type, but the type refers to the module: unless the garbage
/// collector is shown this too, one pixel that is kept by the module keeps the module for ever.
pub unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: a pixel, and CPython's own function.
    unsafe { visit(Py_TYPE(op).cast(), arg) }
}
// by hand: end

// by hand: ownership
pub unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: the last reference has gone. An instance holds its type.
    unsafe {
        let kind = Py_TYPE(op);
        PyObject_GC_UnTrack(op.cast());
        PyObject_GC_Del(op.cast());
        Py_DECREF(kind.cast());
    }
}
// by hand: end

pub unsafe extern "C" fn luma(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a method of this type; a new `int` comes back.
    object(|| unsafe { Owned::new(PyLong_FromLong(value(op).luma().into())) })
}

// by hand: repr
pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: a slot of this type.
    let ink::Pixel { r, g, b } = unsafe { value(op) };
    object(|| crate::errors::text(&format!("Pixel(r={r}, g={g}, b={b})")))
}
// by hand: end

// by hand: pickling
pub unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    object(|| {
        // SAFETY: a method of this type; `O` and `i` take an object and an int.
        unsafe {
            let ink::Pixel { r, g, b } = value(op);
            let (r, g, b) = (c_int::from(r), c_int::from(g), c_int::from(b));
            Owned::new(Py_BuildValue(c"O(iii)".as_ptr(), Py_TYPE(op), r, g, b))
        }
    })
}
// by hand: end

// by hand: values
pub unsafe extern "C" fn compare(
    op: *mut PyObject,
    other: *mut PyObject,
    how: c_int,
) -> *mut PyObject {
    // SAFETY: a slot of this type; what is given back is a new reference to a static object.
    unsafe {
        if !ptr::eq(Py_TYPE(op), Py_TYPE(other)) || (how != Py_EQ && how != Py_NE) {
            return Py_NewRef(Py_NotImplemented());
        }
        PyBool_FromLong(((value(op) == value(other)) == (how == Py_EQ)).into())
    }
}

pub unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: a slot of this type.
    let ink::Pixel { r, g, b } = unsafe { value(op) };
    Py_hash_t::from(r) << 16 | Py_hash_t::from(g) << 8 | Py_hash_t::from(b) // and never -1
}
// by hand: end

/// Where the three bytes are, for a table that lets Python read them.
pub const RED: usize = offset_of!(PixelObject, pixel.r);
pub const GREEN: usize = offset_of!(PixelObject, pixel.g);
pub const BLUE: usize = offset_of!(PixelObject, pixel.b);
