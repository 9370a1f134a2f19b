//! The table of `Pixel`.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::ptr;

use pyo3_ffi::*;

use super::{FLAGS, NO_MEMBER, member, plain, slot};
use crate::pixel;

// The parameters of a native function are written into its documentation, up to the two dashes,
// and nobody compares them with what it takes.
static mut METHODS: [PyMethodDef; 3] = [
    plain(
        c"luma",
        pixel::luma,
        c"luma($self)\n--\n\nHow bright it looks, 0 to 255.",
    ),
    plain(
        c"__reduce__",
        pixel::reduce,
        c"__reduce__($self)\n--\n\nHelps pickle.",
    ),
    PyMethodDef::zeroed(),
];

static mut MEMBERS: [PyMemberDef; 4] = [
    member(c"r", Py_T_UBYTE, pixel::RED, Py_READONLY, c"Red."),
    member(c"g", Py_T_UBYTE, pixel::GREEN, Py_READONLY, c"Green."),
    member(c"b", Py_T_UBYTE, pixel::BLUE, Py_READONLY, c"Blue."),
    NO_MEMBER,
];

const DOC: &CStr = c"Pixel(r, g, b)\n--\n\n\
    One pixel: red, green and blue, from 0 to 255. It cannot be changed.";

static mut SLOTS: [PyType_Slot; 10] = [
    slot(Py_tp_doc, DOC.as_ptr().cast_mut().cast()),
    slot(Py_tp_new, pixel::new as newfunc as *mut c_void),
    slot(Py_tp_dealloc, pixel::dealloc as destructor as *mut c_void),
    slot(
        Py_tp_traverse,
        pixel::traverse as traverseproc as *mut c_void,
    ),
    slot(Py_tp_repr, pixel::repr as reprfunc as *mut c_void),
    slot(
        Py_tp_richcompare,
        pixel::compare as richcmpfunc as *mut c_void,
    ),
    slot(Py_tp_hash, pixel::hash as hashfunc as *mut c_void),
    slot(Py_tp_methods, (&raw mut METHODS).cast()),
    slot(Py_tp_members, (&raw mut MEMBERS).cast()),
    slot(0, ptr::null_mut()),
];

pub static mut SPEC: PyType_Spec = PyType_Spec {
    name: c"ink_capi_rust.Pixel".as_ptr(), // gives __module__ and __name__
    basicsize: size_of::<pixel::PixelObject>() as c_int,
    itemsize: 0,
    flags: FLAGS | Py_TPFLAGS_HAVE_GC as c_uint,
    slots: (&raw mut SLOTS).cast(),
};
