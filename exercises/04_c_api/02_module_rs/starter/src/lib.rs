//! A roll of numbered tickets: a Python module in Rust, with the C API alone.

use std::ffi::{c_int, c_long};
use std::ptr;

use pyo3_ffi::*;

/// How many tickets are on a roll.
const ROLL: c_long = 1000;

/// What the module remembers.
struct State {
    /// How many tickets have been taken.
    taken: c_long,
    /// The exception class `SoldOut`. The state owns one reference to it.
    sold_out: *mut PyObject,
}

// TODO: one for each copy of the module, instead of one for all of them.
static mut STATE: State = State {
    taken: 0,
    sold_out: ptr::null_mut(),
};

/// The state of the copy that a function was called on.
///
/// # Safety
/// `module` is this module, and the thread is attached to its interpreter.
unsafe fn state(_module: *mut PyObject) -> *mut State {
    &raw mut STATE
}

/// `take(n)`: takes so many tickets, gives the number of the first.
unsafe extern "C" fn take(
    module: *mut PyObject,
    args: *mut *mut PyObject,
    nargs: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: Python calls this attached, with the module and `nargs` borrowed
    // arguments. The state is used after the last call that can run Python code.
    unsafe {
        if nargs != 1 {
            let message = c"take() takes exactly one argument (%zd given)";
            return PyErr_Format(PyExc_TypeError, message.as_ptr(), nargs);
        }
        let asked = PyLong_AsLong(*args);
        if asked == -1 && !PyErr_Occurred().is_null() {
            return ptr::null_mut();
        }
        if asked < 1 {
            PyErr_SetString(PyExc_ValueError, c"take at least one ticket".as_ptr());
            return ptr::null_mut();
        }
        let state = state(module);
        let left = ROLL - (*state).taken;
        if asked > left {
            let details = Py_BuildValue(c"ll".as_ptr(), asked, left);
            if !details.is_null() {
                PyErr_SetObject((*state).sold_out, details);
                Py_DECREF(details);
            }
            return ptr::null_mut();
        }
        let first = (*state).taken + 1;
        (*state).taken += asked;
        PyLong_FromLong(first)
    }
}

/// `left()`: how many tickets can still be taken.
unsafe extern "C" fn left(module: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached, with the module.
    unsafe { PyLong_FromLong(ROLL - (*state(module)).taken) }
}

/// Makes the class `SoldOut`, a kind of `queue.Empty`, for the state and for the
/// module. Gives 0, or -1 with an exception set.
///
/// # Safety
/// `module` is this module, and the thread is attached to its interpreter.
unsafe fn fill(module: *mut PyObject) -> c_int {
    // SAFETY: all calls are made attached. A reference that a call gives us is
    // released here or handed to the state.
    unsafe {
        let queue = PyImport_ImportModule(c"queue".as_ptr());
        if queue.is_null() {
            return -1;
        }
        let empty = PyObject_GetAttrString(queue, c"Empty".as_ptr());
        Py_DECREF(queue);
        if empty.is_null() {
            return -1;
        }
        let sold_out = PyErr_NewException(c"module_rs.SoldOut".as_ptr(), empty, ptr::null_mut());
        Py_DECREF(empty);
        if sold_out.is_null() {
            return -1;
        }
        (*state(module)).sold_out = sold_out;
        PyModule_AddObjectRef(module, c"SoldOut".as_ptr(), sold_out)
    }
}

static mut METHODS: [PyMethodDef; 3] = [
    PyMethodDef {
        ml_name: c"take".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunctionFast: take,
        },
        ml_flags: METH_FASTCALL,
        ml_doc: c"take(n): take n tickets and return the number of the first".as_ptr(),
    },
    PyMethodDef {
        ml_name: c"left".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: left },
        ml_flags: METH_NOARGS,
        ml_doc: c"left(): how many tickets can still be taken".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

static mut DEF: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"module_rs".as_ptr(),
    m_doc: c"A roll of numbered tickets.".as_ptr(),
    m_size: -1,
    m_methods: &raw mut METHODS as *mut PyMethodDef,
    m_slots: ptr::null_mut(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// What `import module_rs` calls.
///
/// # Safety
/// For the import system alone, which calls it attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_module_rs() -> *mut PyObject {
    // SAFETY: the tables are never written by us, and Python calls this attached.
    unsafe {
        let module = PyModule_Create(&raw mut DEF);
        if !module.is_null() && fill(module) < 0 {
            Py_DECREF(module);
            return ptr::null_mut();
        }
        module
    }
}
