//! pyo3-ffi with calls that fail when the judge wants them to.
//!
//! For an exercise in Rust this is what the judge's header (`faults.h`) is for
//! one in C. It has all the names of pyo3-ffi, and in front of the calls that
//! can fail a function of the same name and signature. Each of these counts
//! itself, and the n-th one fails on demand: it sets an exception where the real
//! one would, gives back what the real one gives back on failure, and takes what
//! the real one takes even then. It looks at each release besides. Where the
//! judge has armed nothing, all of them are the functions of pyo3-ffi.
//!
//! An exercise names this crate `pyo3_ffi` in its manifest; the learner's file
//! is compiled once, as it is, and sees the names and types it knows.
//!
//! Left out:
//! - Calls with any number of arguments (`Py_BuildValue`, `PyArg_ParseTuple`,
//!   `PyTuple_Pack`, `PyUnicode_FromFormat`, `PyObject_CallMethod`, …): stable
//!   Rust can call such a function and cannot define one. They never fail here.
//! - Calls that a table of slots names (`PyType_GenericNew`,
//!   `PyObject_GenericGetAttr`, …): a wrapper knows the line that calls it, and a
//!   function that knows its caller cannot have C's calling convention.

#![allow(non_snake_case, reason = "the names are the C API's")]
#![allow(
    clippy::too_many_arguments,
    reason = "the signatures are the C API's too"
)]

mod control;

pub use pyo3_ffi::*;

use std::ffi::{c_char, c_double, c_int, c_long, c_longlong, c_ulong, c_ulonglong, c_void};
use std::ptr::null_mut;

/// A name, ended as C ends its texts.
macro_rules! spoken {
    ($name:ident) => {
        const { control::spoken(concat!(stringify!($name), "\0")) }
    };
}

/// A function of the same name and signature in front of each of these. When it
/// is its turn it raises (`$raised`), does what `and` says, and gives `$failed`.
macro_rules! can_fail {
    ($failed:expr, with $raised:path, => $(
        $(#[$when:meta])*
        fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $gives:ty $(, and $and:expr)?;
    )*) => { $(
        $(#[$when])*
        #[doc = concat!("`", stringify!($name), "`, which can be made to fail.\n\n")]
        #[doc = "# Safety\nThat of the real one."]
        #[inline]
        #[track_caller]
        pub unsafe fn $name($($arg: $type),*) -> $gives {
            // SAFETY: the caller keeps what the real one asks for.
            #[allow(unused_unsafe, reason = "an allocator needs no attached thread")]
            unsafe {
                if $raised(spoken!($name)) {
                    $($and;)?
                    return $failed;
                }
                pyo3_ffi::$name($($arg),*)
            }
        }
    )* };
}

// A new reference, or NULL.
can_fail! { null_mut(), with control::raised, =>
    fn PyBytes_FromString(text: *const c_char) -> *mut PyObject;
    fn PyBytes_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    fn PyByteArray_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    fn PyCapsule_New(pointer: *mut c_void, name: *const c_char, destructor: Option<PyCapsule_Destructor>) -> *mut PyObject;
    fn PyComplex_FromDoubles(real: c_double, imaginary: c_double) -> *mut PyObject;
    fn PyDict_Copy(dict: *mut PyObject) -> *mut PyObject;
    fn PyDict_Items(dict: *mut PyObject) -> *mut PyObject;
    fn PyDict_Keys(dict: *mut PyObject) -> *mut PyObject;
    fn PyDict_New() -> *mut PyObject;
    fn PyDict_Values(dict: *mut PyObject) -> *mut PyObject;
    fn PyErr_NewException(name: *const c_char, base: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
    fn PyErr_NewExceptionWithDoc(name: *const c_char, doc: *const c_char, base: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
    fn PyFloat_FromDouble(value: c_double) -> *mut PyObject;
    fn PyFloat_FromString(text: *mut PyObject) -> *mut PyObject;
    fn PyFrozenSet_New(items: *mut PyObject) -> *mut PyObject;
    fn PyImport_Import(name: *mut PyObject) -> *mut PyObject;
    fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject;
    fn PyList_AsTuple(list: *mut PyObject) -> *mut PyObject;
    fn PyList_GetSlice(list: *mut PyObject, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject;
    fn PyList_New(size: Py_ssize_t) -> *mut PyObject;
    fn PyLong_FromDouble(value: c_double) -> *mut PyObject;
    fn PyLong_FromLong(value: c_long) -> *mut PyObject;
    fn PyLong_FromLongLong(value: c_longlong) -> *mut PyObject;
    fn PyLong_FromSize_t(value: usize) -> *mut PyObject;
    fn PyLong_FromSsize_t(value: Py_ssize_t) -> *mut PyObject;
    fn PyLong_FromUnsignedLong(value: c_ulong) -> *mut PyObject;
    fn PyLong_FromUnsignedLongLong(value: c_ulonglong) -> *mut PyObject;
    fn PyMapping_GetItemString(mapping: *mut PyObject, key: *const c_char) -> *mut PyObject;
    fn PyMemoryView_FromObject(object: *mut PyObject) -> *mut PyObject;
    fn PyModule_Create(definition: *mut PyModuleDef) -> *mut PyObject;
    fn PyModule_Create2(definition: *mut PyModuleDef, version: c_int) -> *mut PyObject;
    fn PyNumber_Add(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Float(number: *mut PyObject) -> *mut PyObject;
    fn PyNumber_FloorDivide(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Index(number: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Long(number: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Multiply(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Subtract(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyNumber_TrueDivide(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyObject_Call(callable: *mut PyObject, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject;
    #[cfg(not(any(Py_LIMITED_API, PyPy)))]
    fn PyObject_CallMethodNoArgs(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject;
    #[cfg(not(any(Py_LIMITED_API, PyPy)))]
    fn PyObject_CallMethodOneArg(object: *mut PyObject, name: *mut PyObject, arg: *mut PyObject) -> *mut PyObject;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    fn PyObject_CallNoArgs(callable: *mut PyObject) -> *mut PyObject;
    fn PyObject_CallObject(callable: *mut PyObject, args: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))]
    fn PyObject_CallOneArg(callable: *mut PyObject, arg: *mut PyObject) -> *mut PyObject;
    fn PyObject_GetAttr(object: *mut PyObject, name: *mut PyObject) -> *mut PyObject;
    fn PyObject_GetAttrString(object: *mut PyObject, name: *const c_char) -> *mut PyObject;
    fn PyObject_GetItem(object: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
    fn PyObject_GetIter(object: *mut PyObject) -> *mut PyObject;
    fn PyObject_Repr(object: *mut PyObject) -> *mut PyObject;
    fn PyObject_RichCompare(left: *mut PyObject, right: *mut PyObject, how: c_int) -> *mut PyObject;
    fn PyObject_Str(object: *mut PyObject) -> *mut PyObject;
    #[cfg(any(Py_3_12, not(Py_LIMITED_API)))]
    fn PyObject_Vectorcall(callable: *mut PyObject, args: *const *mut PyObject, count: usize, names: *mut PyObject) -> *mut PyObject;
    fn PySequence_Fast(sequence: *mut PyObject, message: *const c_char) -> *mut PyObject;
    fn PySequence_GetItem(sequence: *mut PyObject, at: Py_ssize_t) -> *mut PyObject;
    fn PySequence_List(sequence: *mut PyObject) -> *mut PyObject;
    fn PySequence_Tuple(sequence: *mut PyObject) -> *mut PyObject;
    fn PySet_New(items: *mut PyObject) -> *mut PyObject;
    fn PyTuple_GetSlice(tuple: *mut PyObject, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject;
    fn PyTuple_New(size: Py_ssize_t) -> *mut PyObject;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    fn PyType_FromModuleAndSpec(module: *mut PyObject, spec: *mut PyType_Spec, bases: *mut PyObject) -> *mut PyObject;
    fn PyType_FromSpec(spec: *mut PyType_Spec) -> *mut PyObject;
    fn PyType_FromSpecWithBases(spec: *mut PyType_Spec, bases: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_AsUTF8String(text: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_Concat(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeUTF8(text: *const c_char, size: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_FromString(text: *const c_char) -> *mut PyObject;
    fn PyUnicode_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_InternFromString(text: *const c_char) -> *mut PyObject;
    fn PyUnicode_Join(separator: *mut PyObject, items: *mut PyObject) -> *mut PyObject;
    fn PyWeakref_NewRef(object: *mut PyObject, callback: *mut PyObject) -> *mut PyObject;
    // NULL means the end, or an error; here, the error.
    fn PyIter_Next(iterator: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_13)]
    fn PyList_GetItemRef(list: *mut PyObject, at: Py_ssize_t) -> *mut PyObject;
    // NULL means "not there", or an error; here, the error. The reference is borrowed.
    fn PyDict_GetItemWithError(dict: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))]
    fn PyDict_SetDefault(dict: *mut PyObject, key: *mut PyObject, default: *mut PyObject) -> *mut PyObject;
}

// Another pointer, or NULL.
can_fail! { null_mut(), with control::raised, =>
    fn PyCapsule_GetPointer(capsule: *mut PyObject, name: *const c_char) -> *mut c_void;
    fn PyCapsule_Import(name: *const c_char, no_block: c_int) -> *mut c_void;
}
can_fail! { std::ptr::null(), with control::raised, =>
    #[cfg(not(Py_LIMITED_API))]
    fn PyUnicode_AsUTF8(text: *mut PyObject) -> *const c_char;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    fn PyUnicode_AsUTF8AndSize(text: *mut PyObject, size: *mut Py_ssize_t) -> *const c_char;
}

// -1 on failure, and an exception.
can_fail! { -1, with control::raised, =>
    fn PyDict_Contains(dict: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyDict_DelItem(dict: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyDict_SetItem(dict: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PyDict_SetItemString(dict: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int;
    fn PyDict_Update(dict: *mut PyObject, other: *mut PyObject) -> c_int;
    fn PyList_Append(list: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PyList_Insert(list: *mut PyObject, at: Py_ssize_t, item: *mut PyObject) -> c_int;
    fn PyList_Sort(list: *mut PyObject) -> c_int;
    fn PyLong_AsLong(number: *mut PyObject) -> c_long;
    fn PyLong_AsLongLong(number: *mut PyObject) -> c_longlong;
    fn PyLong_AsSsize_t(number: *mut PyObject) -> Py_ssize_t;
    fn PyMapping_Size(mapping: *mut PyObject) -> Py_ssize_t;
    fn PyModule_AddIntConstant(module: *mut PyObject, name: *const c_char, value: c_long) -> c_int;
    // It steals the item as soon as it succeeds, and not before.
    fn PyModule_AddObject(module: *mut PyObject, name: *const c_char, item: *mut PyObject) -> c_int;
    #[cfg(Py_3_10)]
    fn PyModule_AddObjectRef(module: *mut PyObject, name: *const c_char, item: *mut PyObject) -> c_int;
    fn PyModule_AddStringConstant(module: *mut PyObject, name: *const c_char, value: *const c_char) -> c_int;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    fn PyModule_AddType(module: *mut PyObject, class: *mut PyTypeObject) -> c_int;
    fn PyObject_Hash(object: *mut PyObject) -> Py_hash_t;
    fn PyObject_IsInstance(object: *mut PyObject, class: *mut PyObject) -> c_int;
    fn PyObject_IsTrue(object: *mut PyObject) -> c_int;
    fn PyObject_RichCompareBool(left: *mut PyObject, right: *mut PyObject, how: c_int) -> c_int;
    fn PyObject_SetAttr(object: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PyObject_SetAttrString(object: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int;
    fn PyObject_SetItem(object: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PyObject_Size(object: *mut PyObject) -> Py_ssize_t;
    fn PySequence_Contains(sequence: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PySequence_SetItem(sequence: *mut PyObject, at: Py_ssize_t, item: *mut PyObject) -> c_int;
    fn PySequence_Size(sequence: *mut PyObject) -> Py_ssize_t;
    fn PySet_Add(set: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PySet_Contains(set: *mut PyObject, item: *mut PyObject) -> c_int;
    fn PyType_Ready(class: *mut PyTypeObject) -> c_int;
    // Setters that steal: the item is gone even when they fail.
    fn PyList_SetItem(list: *mut PyObject, at: Py_ssize_t, item: *mut PyObject) -> c_int, and Py_XDECREF(item);
    fn PyTuple_SetItem(tuple: *mut PyObject, at: Py_ssize_t, item: *mut PyObject) -> c_int, and Py_XDECREF(item);
    #[cfg(Py_3_13)]
    fn PyModule_Add(module: *mut PyObject, name: *const c_char, item: *mut PyObject) -> c_int, and Py_XDECREF(item);
    // A failed request for a buffer leaves a view that may be released, and a
    // failed look-up leaves NULL where the reference would be.
    #[cfg(any(Py_3_11, not(Py_LIMITED_API)))]
    fn PyObject_GetBuffer(object: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int, and (*view).obj = null_mut();
    #[cfg(Py_3_13)]
    fn PyDict_GetItemRef(dict: *mut PyObject, key: *mut PyObject, found: *mut *mut PyObject) -> c_int, and *found = null_mut();
    #[cfg(Py_3_13)]
    fn PyDict_GetItemStringRef(dict: *mut PyObject, key: *const c_char, found: *mut *mut PyObject) -> c_int, and *found = null_mut();
    #[cfg(Py_3_13)]
    fn PyObject_GetOptionalAttr(object: *mut PyObject, name: *mut PyObject, found: *mut *mut PyObject) -> c_int, and *found = null_mut();
    #[cfg(Py_3_13)]
    fn PyObject_GetOptionalAttrString(object: *mut PyObject, name: *const c_char, found: *mut *mut PyObject) -> c_int, and *found = null_mut();
}
can_fail! { -1.0, with control::raised, =>
    fn PyFloat_AsDouble(number: *mut PyObject) -> c_double;
    fn PyLong_AsDouble(number: *mut PyObject) -> c_double;
}
// The same, where there is no -1.
can_fail! { !0, with control::raised, =>
    fn PyLong_AsSize_t(number: *mut PyObject) -> usize;
    fn PyLong_AsUnsignedLong(number: *mut PyObject) -> c_ulong;
    fn PyLong_AsUnsignedLongLong(number: *mut PyObject) -> c_ulonglong;
}

// Allocators set no exception: that is the caller's to do.
can_fail! { null_mut(), with control::fails, =>
    fn PyMem_Calloc(count: usize, size: usize) -> *mut c_void;
    fn PyMem_Malloc(size: usize) -> *mut c_void;
    fn PyMem_Realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn PyObject_Calloc(count: usize, size: usize) -> *mut c_void;
    fn PyObject_Malloc(size: usize) -> *mut c_void;
    fn PyObject_Realloc(block: *mut c_void, size: usize) -> *mut c_void;
    #[cfg(not(Py_LIMITED_API))]
    fn PyMem_RawCalloc(count: usize, size: usize) -> *mut c_void;
    #[cfg(not(Py_LIMITED_API))]
    fn PyMem_RawMalloc(size: usize) -> *mut c_void;
    #[cfg(not(Py_LIMITED_API))]
    fn PyMem_RawRealloc(block: *mut c_void, size: usize) -> *mut c_void;
}

/// Releases a reference, where the judge may see it.
///
/// # Safety
/// That of the real one.
#[inline]
#[track_caller]
pub unsafe fn Py_DECREF(op: *mut PyObject) {
    // SAFETY: the caller keeps what the real one asks for.
    unsafe { control::release(op) };
}

/// `Py_DECREF` of what may be NULL.
///
/// # Safety
/// That of the real one.
#[inline]
#[track_caller]
pub unsafe fn Py_XDECREF(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: the caller keeps what the real one asks for.
        unsafe { control::release(op) };
    }
}

/// `Py_XDECREF` as a function of the interpreter's.
///
/// # Safety
/// That of the real one.
#[inline]
#[track_caller]
pub unsafe fn Py_DecRef(op: *mut PyObject) {
    // SAFETY: the caller keeps what the real one asks for.
    unsafe { Py_XDECREF(op) };
}

/// Forgets a reference, then releases it.
///
/// # Safety
/// That of the real one.
#[inline]
#[track_caller]
pub unsafe fn Py_CLEAR(op: *mut *mut PyObject) {
    // SAFETY: the caller keeps what the real one asks for.
    unsafe { Py_XDECREF(op.replace(null_mut())) };
}
