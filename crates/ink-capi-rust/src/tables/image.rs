//! The table of `Image`.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::mem::offset_of;
use std::ptr;

use pyo3_ffi::*;

use super::{FLAGS, NO_MEMBER, NO_PROPERTY, full, member, method, plain, property, slot};
use crate::image::{self, ImageObject};
use crate::{buffer, methods, properties as is, words, work};

// The parameters of a native function are written into its documentation, up to the two dashes,
// and nobody compares them with what it takes.
static mut METHODS: [PyMethodDef; 14] = [
    full(
        c"from_pixels",
        METH_CLASS,
        methods::from_pixels,
        FROM_PIXELS_DOC,
    ),
    full(
        c"read",
        METH_CLASS,
        methods::read,
        c"read($type, path)\n--\n\nReads a PNG file.",
    ),
    full(
        c"write",
        0,
        methods::write,
        c"write($self, path)\n--\n\nWrites a PNG file.",
    ),
    full(c"get", 0, methods::get, GET_DOC),
    full(c"set", 0, methods::set, SET_DOC),
    full(c"map", 0, work::map, MAP_DOC),
    full(c"blur", 0, work::blur, BLUR_DOC),
    plain(
        c"describe",
        is::describe,
        c"describe($self)\n--\n\nThe image in words.",
    ),
    plain(c"pixels", buffer::pixels, PIXELS_DOC),
    plain(c"close", is::close, CLOSE_DOC),
    plain(
        c"__enter__",
        is::enter,
        c"__enter__($self)\n--\n\nThe image itself.",
    ),
    method(
        c"__exit__",
        METH_FASTCALL,
        PyMethodDefPointer {
            PyCFunctionFast: is::exit,
        },
        EXIT_DOC,
    ),
    plain(
        c"__reduce__",
        words::reduce,
        c"__reduce__($self)\n--\n\nHelps pickle.",
    ),
    PyMethodDef::zeroed(),
];

// by hand: signature
const IMAGE_DOC: &CStr =
    c"Image(width, height)\n--\n\nA picture with a title, freed when it is closed or forgotten.";
const FROM_PIXELS_DOC: &CStr = c"from_pixels($type, width, height, data)\n--\n\n\
    An image with a copy of these pixels: three bytes each, row by row.";
const GET_DOC: &CStr = c"get($self, x, y)\n--\n\nThe pixel in column `x` of row `y`.";
const SET_DOC: &CStr =
    c"set($self, x, y, pixel)\n--\n\nReplaces the pixel in column `x` of row `y`.";
const MAP_DOC: &CStr = c"map($self, callback)\n--\n\n\
    Replaces each pixel by `callback(x, y, pixel)`, all of them or none.";
const BLUR_DOC: &CStr = c"blur($self, radius)\n--\n\n\
    Each pixel becomes the mean of the square around it. Without the GIL.";
const PIXELS_DOC: &CStr =
    c"pixels($self)\n--\n\nA read-only view of the library's own memory, row by row.";
const CLOSE_DOC: &CStr = c"close($self)\n--\n\nFrees the image now. Closing twice is fine.";
const EXIT_DOC: &CStr = c"__exit__($self, *exception)\n--\n\nCloses the image.";
// by hand: end

static mut PROPERTIES: [PyGetSetDef; 5] = [
    property(c"width", is::width, None, c"How many pixels a row has."),
    property(c"height", is::height, None, c"How many rows there are."),
    property(
        c"title",
        is::title,
        Some(is::set_title),
        c"The title; empty if there is none.",
    ),
    property(c"closed", is::closed, None, c"Whether it has been closed."),
    NO_PROPERTY,
];

const TAG: usize = offset_of!(ImageObject, tag);
const WEAK: usize = offset_of!(ImageObject, weak_references);

static mut MEMBERS: [PyMemberDef; 3] = [
    member(
        c"tag",
        Py_T_OBJECT_EX,
        TAG,
        0,
        c"Any Python object that goes with the picture.",
    ),
    // by hand: weakref
    // A weak reference is found through its object; a member of this name says where.
    member(c"__weaklistoffset__", Py_T_PYSSIZET, WEAK, Py_READONLY, c""),
    // by hand: end
    NO_MEMBER,
];

static mut SLOTS: [PyType_Slot; 13] = [
    slot(Py_tp_doc, IMAGE_DOC.as_ptr().cast_mut().cast()),
    slot(Py_tp_new, image::new as newfunc as *mut c_void),
    slot(Py_tp_init, image::init as initproc as *mut c_void),
    slot(Py_tp_dealloc, image::dealloc as destructor as *mut c_void),
    slot(
        Py_tp_traverse,
        image::traverse as traverseproc as *mut c_void,
    ),
    slot(Py_tp_clear, image::clear as inquiry as *mut c_void),
    slot(Py_tp_repr, words::repr as reprfunc as *mut c_void),
    slot(Py_tp_methods, (&raw mut METHODS).cast()),
    slot(Py_tp_getset, (&raw mut PROPERTIES).cast()),
    slot(Py_tp_members, (&raw mut MEMBERS).cast()),
    slot(Py_bf_getbuffer, buffer::get as getbufferproc as *mut c_void),
    slot(
        Py_bf_releasebuffer,
        buffer::release as releasebufferproc as *mut c_void,
    ),
    slot(0, ptr::null_mut()),
];

pub static mut SPEC: PyType_Spec = PyType_Spec {
    name: c"ink_capi_rust.Image".as_ptr(), // gives __module__ and __name__
    basicsize: size_of::<ImageObject>() as c_int,
    itemsize: 0,
    flags: FLAGS | (Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC) as c_uint,
    slots: (&raw mut SLOTS).cast(),
};
