//! wrong: gives `queue` back where all goes well, and keeps it where it has no `Empty`
//! caught-by: every_failing_call_is_survived
//! says: 1 reference to attribute `queue` of its argument

use std::ffi::{c_int, c_long, c_void};
use std::ptr;

use pyo3_ffi::*;

/// How many tickets are on a roll.
const ROLL: c_long = 1000;

/// What one copy of the module remembers. Python allocates it with the copy,
/// filled with zeros, which is a valid `State`: nothing taken, no class yet.
struct State {
    /// How many tickets have been taken.
    taken: c_long,
    /// The exception class `SoldOut`. The state owns one reference to it.
    sold_out: *mut PyObject,
}

/// The state of the copy that a function was called on.
///
/// The alternative, a static table from module to state, would need a lock of
/// its own and somebody who takes out the dead.
///
/// # Safety
/// `module` is this module, and the thread is attached to its interpreter.
unsafe fn state(module: *mut PyObject) -> *mut State {
    // SAFETY: the module was made from `DEF`, whose `m_size` is the size of this.
    unsafe { PyModule_GetState(module).cast() }
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
/// module. Gives 0, or -1 with an exception set. It is the module's `Py_mod_exec`
/// and runs once for each copy, so each interpreter derives from its own `Empty`.
unsafe extern "C" fn fill(module: *mut PyObject) -> c_int {
    // SAFETY: all calls are made attached. A reference that a call gives us is
    // released here or handed to the state.
    unsafe {
        let queue = PyImport_ImportModule(c"queue".as_ptr());
        if queue.is_null() {
            return -1;
        }
        let empty = PyObject_GetAttrString(queue, c"Empty".as_ptr());
        if empty.is_null() {
            return -1;
        }
        Py_DECREF(queue);
        let sold_out = PyErr_NewException(c"module_rs.SoldOut".as_ptr(), empty, ptr::null_mut());
        Py_DECREF(empty);
        if sold_out.is_null() {
            return -1;
        }
        (*state(module)).sold_out = sold_out;
        // `AddObjectRef` takes a reference of its own; `AddObject` would take ours.
        PyModule_AddObjectRef(module, c"SoldOut".as_ptr(), sold_out)
    }
}

/// Shows the garbage collector what the state refers to.
unsafe extern "C" fn traverse(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: Python traverses a module only once it has its state.
    let sold_out = unsafe { (*state(module)).sold_out };
    if sold_out.is_null() {
        return 0;
    }
    // SAFETY: `visit` and `arg` are handed on as they came.
    unsafe { visit(sold_out, arg) }
}

/// Gives up what the state refers to; it may be called twice.
unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    // SAFETY: `Py_CLEAR` forgets the pointer before it releases the reference.
    unsafe { Py_CLEAR(&raw mut (*state(module)).sold_out) };
    0
}

/// The end of a copy, also of one that no garbage collector came by.
unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: the state is released after this.
    unsafe { clear(module.cast()) };
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

/// One for `Py_mod_exec`, one for the end, and what the version has besides. A
/// slot that an older Python does not know is an error there.
const SLOT_COUNT: usize = 2 + cfg!(Py_3_12) as usize + cfg!(Py_3_13) as usize;

static mut SLOTS: [PyModuleDef_Slot; SLOT_COUNT] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: fill as *mut c_void,
    },
    // No copy shares anything with another, so each interpreter may have its own GIL …
    #[cfg(Py_3_12)]
    PyModuleDef_Slot {
        slot: Py_mod_multiple_interpreters,
        value: Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    },
    // … but it needs one: `taken` is a plain integer that two threads of the
    // interpreter could change at once. With an atomic in its place this could
    // be `Py_MOD_GIL_NOT_USED`.
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

static mut DEF: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"module_rs".as_ptr(),
    m_doc: c"A roll of numbered tickets.".as_ptr(),
    m_size: size_of::<State>() as Py_ssize_t,
    m_methods: &raw mut METHODS as *mut PyMethodDef,
    m_slots: &raw mut SLOTS as *mut PyModuleDef_Slot,
    m_traverse: Some(traverse),
    m_clear: Some(clear),
    m_free: Some(free),
};

/// What `import module_rs` calls: it makes no module, it says how to make one.
///
/// # Safety
/// For the import system alone, which calls it attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_module_rs() -> *mut PyObject {
    // SAFETY: the tables are never written by us, and Python calls this attached.
    unsafe { PyModuleDef_Init(&raw mut DEF) }
}
