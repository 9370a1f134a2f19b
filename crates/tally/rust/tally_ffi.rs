//! Bound through the C API as pyo3-ffi declares it: `c/tally_fastcall.c`, in Rust.
//!
//! Everything here is called by the interpreter, which holds the GIL, and with arguments
//! that it keeps alive until the function returns.

use std::ptr::{self, NonNull};

use pyo3_ffi::*;

type Arguments = *mut *mut PyObject;

/// A reference of our own, given back when it goes out of scope: on every path.
struct Own(NonNull<PyObject>);

impl Own {
    fn new(object: *mut PyObject) -> Option<Self> {
        NonNull::new(object).map(Self)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // SAFETY: it is ours, and given back once.
        unsafe { Py_DECREF(self.0.as_ptr()) }
    }
}

/// Sets an exception and says so in the way of the C API.
unsafe fn raise(kind: *mut PyObject, text: &std::ffi::CStr) -> *mut PyObject {
    // SAFETY: `kind` is an exception type, and the text ends with a NUL.
    unsafe { PyErr_SetString(kind, text.as_ptr()) };
    ptr::null_mut()
}

/// An integer; `None` with an exception set if it is none.
unsafe fn integer(object: *mut PyObject) -> Option<i64> {
    // SAFETY: an argument of the call.
    let value = unsafe { PyLong_AsLongLong(object) };
    // SAFETY: -1 is a value as well, and only this tells which it was.
    (value != -1 || unsafe { PyErr_Occurred() }.is_null()).then_some(value)
}

unsafe extern "C" fn add(_: *mut PyObject, args: Arguments, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: `args` has as many arguments as `n` says.
    unsafe {
        if n != 2 {
            return raise(PyExc_TypeError, c"two arguments are needed");
        }
        let Some(a) = integer(*args) else {
            return ptr::null_mut();
        };
        let Some(b) = integer(*args.add(1)) else {
            return ptr::null_mut();
        };
        PyLong_FromLongLong(tally::add(a, b))
    }
}

unsafe extern "C" fn noop(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    tally::noop();
    // SAFETY: a new reference to None, for the caller.
    unsafe { Py_NewRef(Py_None()) }
}

unsafe extern "C" fn fail(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: it is an exception type.
    unsafe { raise(PyExc_ValueError, c"no") }
}

unsafe extern "C" fn call(_: *mut PyObject, args: Arguments, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: `args` has as many arguments as `n` says; what is made is given back.
    unsafe {
        if n != 2 {
            return raise(PyExc_TypeError, c"a callback and a number are needed");
        }
        let Some(times) = integer(*args.add(1)) else {
            return ptr::null_mut();
        };
        for i in 0..times {
            let Some(number) = Own::new(PyLong_FromLongLong(i)) else {
                return ptr::null_mut();
            };
            let result = PyObject_CallOneArg(*args, number.0.as_ptr());
            if Own::new(result).is_none() {
                return ptr::null_mut();
            }
        }
        Py_NewRef(Py_None())
    }
}

/// A list of floats is copied into an array, as for a library that wants one.
unsafe extern "C" fn total(_: *mut PyObject, list: *mut PyObject) -> *mut PyObject {
    // SAFETY: the length is asked for each time, since an item's own `__float__` may have
    // changed the list; an item is borrowed, and the list keeps it.
    unsafe {
        if PyList_Check(list) == 0 {
            return raise(PyExc_TypeError, c"a list is needed");
        }
        let mut numbers = Vec::with_capacity(PyList_GET_SIZE(list) as usize);
        let mut i = 0;
        while i < PyList_GET_SIZE(list) {
            let number = PyFloat_AsDouble(PyList_GET_ITEM(list, i));
            if number == -1.0 && !PyErr_Occurred().is_null() {
                return ptr::null_mut();
            }
            numbers.push(number);
            i += 1;
        }
        PyFloat_FromDouble(tally::total(&numbers))
    }
}

/// The same without a copy: whatever shows its memory.
unsafe extern "C" fn total_buffer(_: *mut PyObject, object: *mut PyObject) -> *mut PyObject {
    // SAFETY: the view is released before the function returns, and read as what it says
    // that it holds; a pointer to nothing is no slice, so an empty one is not looked at.
    unsafe {
        let mut view: Py_buffer = std::mem::zeroed();
        if PyObject_GetBuffer(object, &mut view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0 {
            return ptr::null_mut();
        }
        if view.itemsize != size_of::<f64>() as Py_ssize_t {
            PyBuffer_Release(&mut view);
            return raise(PyExc_TypeError, c"doubles are needed");
        }
        let length = (view.len / view.itemsize) as usize;
        let sum = match length {
            0 => 0.0,
            _ => tally::total(std::slice::from_raw_parts(view.buf.cast::<f64>(), length)),
        };
        PyBuffer_Release(&mut view);
        PyFloat_FromDouble(sum)
    }
}

const fn method(
    name: &'static std::ffi::CStr,
    meth: PyMethodDefPointer,
    flags: i32,
) -> PyMethodDef {
    PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: meth,
        ml_flags: flags,
        ml_doc: ptr::null(),
    }
}

const fn fast(name: &'static std::ffi::CStr, f: PyCFunctionFast) -> PyMethodDef {
    method(
        name,
        PyMethodDefPointer { PyCFunctionFast: f },
        METH_FASTCALL,
    )
}

const fn plain(name: &'static std::ffi::CStr, f: PyCFunction, flags: i32) -> PyMethodDef {
    method(name, PyMethodDefPointer { PyCFunction: f }, flags)
}

static mut METHODS: [PyMethodDef; 7] = [
    fast(c"add", add),
    plain(c"noop", noop, METH_NOARGS),
    plain(c"fail", fail, METH_NOARGS),
    fast(c"call", call),
    plain(c"total", total, METH_O),
    plain(c"total_buffer", total_buffer, METH_O),
    PyMethodDef::zeroed(),
];

static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"tally_ffi".as_ptr(),
    m_doc: ptr::null(),
    m_size: -1,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: ptr::null_mut(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// The only name that Python looks for.
#[allow(non_snake_case)]
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_tally_ffi() -> *mut PyObject {
    // SAFETY: the static is filled in by CPython alone, with the GIL held.
    unsafe { PyModule_Create(&raw mut MODULE) }
}
