//! The table of the module.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;

use pyo3_ffi::*;

use super::{method, plain};
use crate::callbacks;
use crate::module::{self, State};

static mut MODULE_METHODS: [PyMethodDef; 3] = [
    plain(c"live_allocations", module::live_allocations, LIVE_DOC),
    method(
        c"on_work",
        METH_FASTCALL | METH_KEYWORDS,
        ON_WORK,
        ON_WORK_DOC,
    ),
    PyMethodDef::zeroed(),
];

const ON_WORK: PyMethodDefPointer = PyMethodDefPointer {
    PyCFunctionFastWithKeywords: callbacks::on_work,
};

// by hand: signature
const LIVE_DOC: &CStr = c"live_allocations($module)\n--\n\n\
    How many images and strings of the library are out.";
const ON_WORK_DOC: &CStr = c"on_work($module, callback)\n--\n\n\
    Calls `callback()` whenever a blur has begun, until `on_work(None)`.";
// by hand: end

const fn module_slot(slot: c_int, value: *mut c_void) -> PyModuleDef_Slot {
    PyModuleDef_Slot { slot, value }
}

static mut MODULE_SLOTS: [PyModuleDef_Slot; SLOT_COUNT] = [
    module_slot(Py_mod_exec, module::exec as inquiry as *mut c_void),
    // by hand: own_gil
    // A promise that Python cannot check: no object and no mark is shared between interpreters.
    // The one thing that changes outside of a state is in `callbacks`, and belongs to a thread.
    #[cfg(Py_3_12)]
    module_slot(
        Py_mod_multiple_interpreters,
        Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    ),
    // by hand: end
    // The marks of an image have no other lock: a build without the GIL turns it on for us.
    #[cfg(Py_3_13)]
    module_slot(Py_mod_gil, Py_MOD_GIL_USED),
    module_slot(0, ptr::null_mut()),
];
const SLOT_COUNT: usize = 2 + cfg!(Py_3_12) as usize + cfg!(Py_3_13) as usize;

pub static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"_ink".as_ptr(),
    m_doc: c"ink, bound with CPython's C API, from Rust.".as_ptr(),
    m_size: size_of::<State>() as Py_ssize_t,
    m_methods: (&raw mut MODULE_METHODS).cast(),
    m_slots: (&raw mut MODULE_SLOTS).cast(),
    m_traverse: Some(module::traverse),
    m_clear: Some(module::clear),
    m_free: Some(module::free),
};
