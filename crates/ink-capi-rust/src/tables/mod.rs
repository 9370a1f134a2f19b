//! What Python sees: names, what help() says, and which function does it. Here are the rows that
//! the tables are made of; each table has a file of its own.
//!
//! CPython's structs hold bare pointers, and it writes to some of them, so they are `static mut`.
//! Nothing of a Python object is in them: they are the same for all interpreters. A slot takes any
//! pointer; the first of its two casts is where the compiler compares the function's type.

mod image;
mod module;
mod pixel;

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::ptr;

use pyo3_ffi::*;

pub use image::SPEC as IMAGE;
pub use module::MODULE;
pub use pixel::SPEC as PIXEL;

pub const fn slot(slot: c_int, value: *mut c_void) -> PyType_Slot {
    PyType_Slot { slot, pfunc: value }
}

pub const fn method(
    name: &CStr,
    flags: c_int,
    function: PyMethodDefPointer,
    doc: &CStr,
) -> PyMethodDef {
    PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: function,
        ml_flags: flags,
        ml_doc: doc.as_ptr(),
    }
}

/// With arguments, and with the class that it is defined in, which knows the module.
pub const fn full(name: &CStr, flags: c_int, function: PyCMethod, doc: &CStr) -> PyMethodDef {
    let flags = flags | METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
    method(
        name,
        flags,
        PyMethodDefPointer {
            PyCMethod: function,
        },
        doc,
    )
}

/// Without arguments.
pub const fn plain(name: &CStr, function: PyCFunction, doc: &CStr) -> PyMethodDef {
    method(
        name,
        METH_NOARGS,
        PyMethodDefPointer {
            PyCFunction: function,
        },
        doc,
    )
}

pub const fn property(name: &CStr, get: getter, set: Option<setter>, doc: &CStr) -> PyGetSetDef {
    let (name, doc) = (name.as_ptr(), doc.as_ptr());
    PyGetSetDef {
        name,
        get: Some(get),
        set,
        doc,
        closure: ptr::null_mut(),
    }
}

pub const fn member(
    name: &CStr,
    kind: c_int,
    offset: usize,
    flags: c_int,
    doc: &CStr,
) -> PyMemberDef {
    let (name, doc) = (name.as_ptr(), doc.as_ptr());
    PyMemberDef {
        name,
        type_code: kind,
        offset: offset as Py_ssize_t,
        flags,
        doc,
    }
}

pub const NO_MEMBER: PyMemberDef = PyMemberDef {
    name: ptr::null(),
    type_code: 0,
    offset: 0,
    flags: 0,
    doc: ptr::null(),
};

pub const FLAGS: c_uint = (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE) as c_uint;

pub const NO_PROPERTY: PyGetSetDef = PyGetSetDef {
    name: ptr::null(),
    get: None,
    set: None,
    doc: ptr::null(),
    closure: ptr::null_mut(),
};
