//! A module by hand: a bell that knows who rang it last.

use std::ffi::{c_int, c_long, c_void};
use std::ptr;

use pyo3_ffi::*;

// ANCHOR: state
/// What one copy of the module remembers.
struct Bell {
    rings: c_long,
    /// Who rang it last: null, or a reference that the state owns.
    last: *mut PyObject,
}

/// # Safety
/// `module` was made from `DEF`, and the thread is attached to its interpreter.
unsafe fn bell(module: *mut PyObject) -> *mut Bell {
    // SAFETY: Python allocated `m_size` bytes for it, the size of a `Bell`.
    unsafe { PyModule_GetState(module).cast() }
}
// ANCHOR_END: state

// ANCHOR: ring
unsafe extern "C" fn ring(
    module: *mut PyObject,
    args: *mut *mut PyObject,
    nargs: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: Python calls this attached, with the module and `nargs` arguments,
    // which are borrowed: what is kept needs a reference of its own.
    unsafe {
        if nargs != 1 {
            let message = c"ring() takes exactly one argument (%zd given)";
            return PyErr_Format(PyExc_TypeError, message.as_ptr(), nargs);
        }
        let bell = bell(module);
        let before = (*bell).last;
        (*bell).last = Py_NewRef(*args);
        (*bell).rings += 1;
        let rings = (*bell).rings;
        // Last of all: the end of an object can run Python code, and that can call this.
        Py_XDECREF(before);
        PyLong_FromLong(rings)
    }
}
// ANCHOR_END: ring

// ANCHOR: owns
unsafe extern "C" fn traverse(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: Python traverses a module only once it has its state.
    let last = unsafe { (*bell(module)).last };
    if last.is_null() {
        return 0;
    }
    // SAFETY: `visit` and `arg` are handed on as they came.
    unsafe { visit(last, arg) }
}

unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    // SAFETY: `Py_CLEAR` forgets the pointer before it releases the reference.
    unsafe { Py_CLEAR(&raw mut (*bell(module)).last) };
    0
}

unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: the state is still there; Python releases it after this.
    unsafe { clear(module.cast()) };
}
// ANCHOR_END: owns

// ANCHOR: exec
unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: called attached, once for each copy, when its state is there.
    unsafe { PyModule_AddIntConstant(module, c"LOUDEST".as_ptr(), 11) }
}
// ANCHOR_END: exec

// ANCHOR: table
static mut METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"ring".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunctionFast: ring,
        },
        ml_flags: METH_FASTCALL,
        ml_doc: c"ring(who): ring the bell and return how often it rang".as_ptr(),
    },
    PyMethodDef::zeroed(),
];
// ANCHOR_END: table

// ANCHOR: slots
const SLOT_COUNT: usize = 2 + cfg!(Py_3_12) as usize + cfg!(Py_3_13) as usize;

static mut SLOTS: [PyModuleDef_Slot; SLOT_COUNT] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: exec as *mut c_void,
    },
    #[cfg(Py_3_12)]
    PyModuleDef_Slot {
        slot: Py_mod_multiple_interpreters,
        value: Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    },
    #[cfg(Py_3_13)]
    PyModuleDef_Slot {
        slot: Py_mod_gil,
        value: Py_MOD_GIL_USED,
    },
    PyModuleDef_Slot {
        slot: 0,
        value: ptr::null_mut(),
    },
];
// ANCHOR_END: slots

// ANCHOR: two_phases
static mut DEF: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"bell".as_ptr(),
    m_doc: c"A bell that knows who rang it last.".as_ptr(),
    m_size: size_of::<Bell>() as Py_ssize_t,
    m_methods: &raw mut METHODS as *mut PyMethodDef,
    m_slots: &raw mut SLOTS as *mut PyModuleDef_Slot,
    m_traverse: Some(traverse),
    m_clear: Some(clear),
    m_free: Some(free),
};

/// # Safety
/// For the import system alone, which calls it attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_bell() -> *mut PyObject {
    // SAFETY: nothing of ours ever writes to the tables.
    unsafe { PyModuleDef_Init(&raw mut DEF) }
}
// ANCHOR_END: two_phases
