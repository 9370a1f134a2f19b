//! A module whose functions look at their argument, most to put it into a list:
//! two of them right, the others each with one mistake. What the tests load.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{self, null_mut};

use faulty::*;

type Function = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;

unsafe extern "C" fn right(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached; what a call gives us is released or returned.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let mut list = null_mut();
        let label = PyUnicode_FromString(c"label".as_ptr());
        if !label.is_null() {
            list = PyList_New(0);
        }
        if !list.is_null() && (PyList_Append(list, label) < 0 || PyList_Append(list, item) < 0) {
            Py_CLEAR(&raw mut list);
        }
        Py_XDECREF(label);
        list
    }
}

unsafe extern "C" fn ignores(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let list = PyList_New(0);
        if !list.is_null() {
            PyList_Append(list, item); // ignored
        }
        list
    }
}

unsafe extern "C" fn clears(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let list = PyList_New(0);
        if !list.is_null() && PyList_Append(list, item) < 0 {
            PyErr_Clear();
        }
        list
    }
}

unsafe extern "C" fn goes_on(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`, but for the mistake.
    unsafe {
        let list = PyList_New(0);
        if list.is_null() {
            return null_mut();
        }
        let label = PyUnicode_FromString(c"label".as_ptr()); // not looked at
        let added = PyList_Append(list, label);
        Py_XDECREF(label);
        if added < 0 {
            Py_DECREF(list);
            return null_mut();
        }
        list
    }
}

unsafe extern "C" fn follows_null(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`, but for the mistake.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let list = PyList_New(0); // not looked at
        if PyList_Append(list, item) < 0 {
            Py_DECREF(list);
            return null_mut();
        }
        list
    }
}

unsafe extern "C" fn leaks(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let label = PyUnicode_FromString(c"label".as_ptr());
        if label.is_null() {
            return null_mut();
        }
        let list = PyList_New(0);
        if list.is_null() {
            return null_mut(); // the label is left
        }
        if PyList_Append(list, label) < 0 || PyList_Append(list, item) < 0 {
            Py_DECREF(label);
            Py_DECREF(list);
            return null_mut();
        }
        Py_DECREF(label);
        list
    }
}

unsafe extern "C" fn keeps(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        Py_INCREF(item);
        let list = PyList_New(1);
        if list.is_null() {
            return null_mut(); // the item is left
        }
        if PyList_SetItem(list, 0, item) < 0 {
            Py_DECREF(list);
            return null_mut();
        }
        list
    }
}

unsafe extern "C" fn releases_twice(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`, but for the mistake.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let list = PyList_New(0);
        if list.is_null() {
            return null_mut();
        }
        if PyList_Append(list, item) < 0 {
            Py_DECREF(list);
            Py_DECREF(list); // once more
            return null_mut();
        }
        list
    }
}

unsafe extern "C" fn releases_the_stolen(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`, but for the mistake.
    unsafe {
        let pair = PyTuple_New(1);
        if pair.is_null() {
            return null_mut();
        }
        let label = PyUnicode_FromString(c"label".as_ptr());
        if label.is_null() || PyTuple_SetItem(pair, 0, label) < 0 {
            Py_XDECREF(label); // the tuple has taken it
            Py_DECREF(pair);
            return null_mut();
        }
        pair
    }
}

unsafe extern "C" fn releases_the_borrowed(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`, but for the mistake.
    unsafe {
        let item = PyTuple_GetItem(args, 0);
        let list = PyList_New(0);
        if list.is_null() || PyList_Append(list, item) < 0 {
            Py_XDECREF(list);
            Py_DECREF(item); // the caller's
            return null_mut();
        }
        list
    }
}

unsafe extern "C" fn says_nothing(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`; an allocator sets no exception.
    unsafe {
        let block = PyMem_Malloc(100);
        if block.is_null() {
            return null_mut();
        }
        PyMem_Free(block);
        PyList_New(0)
    }
}

unsafe extern "C" fn takes_an_error_for_the_end(
    _: *mut PyObject,
    args: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: as in `right`.
    unsafe {
        let items = PyTuple_GetItem(args, 0);
        let iterator = PyObject_GetIter(items);
        if iterator.is_null() {
            return null_mut();
        }
        let mut count = 0;
        loop {
            let item = PyIter_Next(iterator);
            if item.is_null() {
                break; // the end, or so it seems
            }
            count += 1;
            Py_DECREF(item);
        }
        Py_DECREF(iterator);
        PyLong_FromLong(count)
    }
}

/// Looks at a buffer, at an iterator's end and at memory, and is right, too.
unsafe extern "C" fn right_elsewhere(_: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `right`; a view is released where the request failed, too.
    unsafe {
        let items = PyTuple_GetItem(args, 0);
        let mut view: Py_buffer = std::mem::zeroed();
        let got = PyObject_GetBuffer(items, &raw mut view, PyBUF_SIMPLE);
        let length = view.len;
        PyBuffer_Release(&raw mut view);
        if got < 0 {
            return null_mut();
        }
        let iterator = PyObject_GetIter(items);
        if iterator.is_null() {
            return null_mut();
        }
        let block = PyMem_Calloc(1, 64);
        if block.is_null() {
            Py_DECREF(iterator);
            return PyErr_NoMemory();
        }
        let mut total = 0;
        loop {
            let item = PyIter_Next(iterator);
            if item.is_null() {
                break;
            }
            let value = PyLong_AsLong(item);
            Py_DECREF(item);
            if value == -1 && !PyErr_Occurred().is_null() {
                break;
            }
            total += value;
        }
        PyMem_Free(block);
        Py_DECREF(iterator);
        if !PyErr_Occurred().is_null() {
            return null_mut();
        }
        PyLong_FromLong(total + length as std::ffi::c_long)
    }
}

const fn row(name: *const c_char, function: Function) -> PyMethodDef {
    PyMethodDef {
        ml_name: name,
        ml_meth: PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: METH_VARARGS,
        ml_doc: ptr::null(),
    }
}

static mut METHODS: [PyMethodDef; 14] = [
    row(c"right".as_ptr(), right),
    row(c"right_elsewhere".as_ptr(), right_elsewhere),
    row(c"ignores".as_ptr(), ignores),
    row(c"clears".as_ptr(), clears),
    row(c"goes_on".as_ptr(), goes_on),
    row(c"follows_null".as_ptr(), follows_null),
    row(c"leaks".as_ptr(), leaks),
    row(c"keeps".as_ptr(), keeps),
    row(c"releases_twice".as_ptr(), releases_twice),
    row(c"releases_the_stolen".as_ptr(), releases_the_stolen),
    row(c"releases_the_borrowed".as_ptr(), releases_the_borrowed),
    row(c"says_nothing".as_ptr(), says_nothing),
    row(
        c"takes_an_error_for_the_end".as_ptr(),
        takes_an_error_for_the_end,
    ),
    PyMethodDef::zeroed(),
];

unsafe extern "C" fn fill(_: *mut PyObject) -> c_int {
    0
}

static mut SLOTS: [PyModuleDef_Slot; 2] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: fill as *mut c_void,
    },
    PyModuleDef_Slot {
        slot: 0,
        value: null_mut(),
    },
];

static mut DEF: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"pairs".as_ptr(),
    m_doc: ptr::null(),
    m_size: 0,
    m_methods: &raw mut METHODS as *mut PyMethodDef,
    m_slots: &raw mut SLOTS as *mut PyModuleDef_Slot,
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// What `import pairs` calls.
///
/// # Safety
/// For the import system alone, which calls it attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_pairs() -> *mut PyObject {
    // SAFETY: the tables are never written by us, and Python calls this attached.
    unsafe { PyModuleDef_Init(&raw mut DEF) }
}
