/* Fault injection for extension modules in C.
 *
 * The judge has this header read before the learner's file (`-include`). It
 * puts a wrapper in front of every C-API call that can fail, so that the n-th
 * one fails on demand: it sets an exception where the real one would, gives
 * back what the real one gives back on failure, and takes what the real one
 * takes even then (a "stealing" setter releases its item).
 *
 * The learner's file is compiled as it is, and sees the names it knows.
 */
#ifndef BINDERY_FAULTS_H
#define BINDERY_FAULTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

/* Weak, so that a module of several files has one of each. */
#define BINDERY_SHARED __attribute__((weak, visibility("default")))

/* The calls since the last reset, and which of them is to fail (0: none). */
BINDERY_SHARED int bindery_fault_calls = 0;
BINDERY_SHARED int bindery_fault_at = 0;
/* The name of each call since the last reset, as far as there is room. */
BINDERY_SHARED const char *bindery_fault_names[256] = {0};

BINDERY_SHARED void bindery_fault_arm(int at) {
    bindery_fault_calls = 0;
    bindery_fault_at = at;
}
BINDERY_SHARED int bindery_fault_count(void) { return bindery_fault_calls; }
BINDERY_SHARED const char *bindery_fault_name(int at) {
    return at >= 1 && at <= 256 ? bindery_fault_names[at - 1] : "";
}
BINDERY_SHARED int bindery_fault_now(const char *name) {
    bindery_fault_calls++;
    if (bindery_fault_calls <= 256) bindery_fault_names[bindery_fault_calls - 1] = name;
    return bindery_fault_calls == bindery_fault_at;
}

/* Fails as the API fails: with an exception set. */
#define BINDERY_FAIL(name, failed, call) \
    (bindery_fault_now(name) ? (PyErr_NoMemory(), (failed)) : (call))
/* Fails as an allocator fails: without one. */
#define BINDERY_FAIL_SILENTLY(name, failed, call) \
    (bindery_fault_now(name) ? (failed) : (call))

/* Functions that return a new reference or NULL. */
#define PyList_New(n) BINDERY_FAIL("PyList_New", (PyObject *)NULL, PyList_New(n))
#define PyTuple_New(n) BINDERY_FAIL("PyTuple_New", (PyObject *)NULL, PyTuple_New(n))
#define PyDict_New() BINDERY_FAIL("PyDict_New", (PyObject *)NULL, PyDict_New())
#define PySet_New(it) BINDERY_FAIL("PySet_New", (PyObject *)NULL, PySet_New(it))
#define PyLong_FromLong(n) BINDERY_FAIL("PyLong_FromLong", (PyObject *)NULL, PyLong_FromLong(n))
#define PyLong_FromSsize_t(n) BINDERY_FAIL("PyLong_FromSsize_t", (PyObject *)NULL, PyLong_FromSsize_t(n))
#define PyLong_FromSize_t(n) BINDERY_FAIL("PyLong_FromSize_t", (PyObject *)NULL, PyLong_FromSize_t(n))
#define PyLong_FromLongLong(n) BINDERY_FAIL("PyLong_FromLongLong", (PyObject *)NULL, PyLong_FromLongLong(n))
#define PyLong_FromUnsignedLong(n) \
    BINDERY_FAIL("PyLong_FromUnsignedLong", (PyObject *)NULL, PyLong_FromUnsignedLong(n))
#define PyFloat_FromDouble(x) BINDERY_FAIL("PyFloat_FromDouble", (PyObject *)NULL, PyFloat_FromDouble(x))
#define PyUnicode_FromString(s) BINDERY_FAIL("PyUnicode_FromString", (PyObject *)NULL, PyUnicode_FromString(s))
#define PyUnicode_FromStringAndSize(s, n) \
    BINDERY_FAIL("PyUnicode_FromStringAndSize", (PyObject *)NULL, PyUnicode_FromStringAndSize(s, n))
#define PyUnicode_FromFormat(...) \
    BINDERY_FAIL("PyUnicode_FromFormat", (PyObject *)NULL, PyUnicode_FromFormat(__VA_ARGS__))
#define PyBytes_FromStringAndSize(s, n) \
    BINDERY_FAIL("PyBytes_FromStringAndSize", (PyObject *)NULL, PyBytes_FromStringAndSize(s, n))
#define Py_BuildValue(...) BINDERY_FAIL("Py_BuildValue", (PyObject *)NULL, Py_BuildValue(__VA_ARGS__))
#define PyTuple_Pack(...) BINDERY_FAIL("PyTuple_Pack", (PyObject *)NULL, PyTuple_Pack(__VA_ARGS__))
#define PySequence_Fast(o, m) BINDERY_FAIL("PySequence_Fast", (PyObject *)NULL, PySequence_Fast(o, m))
#define PySequence_List(o) BINDERY_FAIL("PySequence_List", (PyObject *)NULL, PySequence_List(o))
#define PySequence_Tuple(o) BINDERY_FAIL("PySequence_Tuple", (PyObject *)NULL, PySequence_Tuple(o))
#define PySequence_GetItem(o, i) BINDERY_FAIL("PySequence_GetItem", (PyObject *)NULL, PySequence_GetItem(o, i))
#define PyObject_GetItem(o, k) BINDERY_FAIL("PyObject_GetItem", (PyObject *)NULL, PyObject_GetItem(o, k))
#define PyObject_GetIter(o) BINDERY_FAIL("PyObject_GetIter", (PyObject *)NULL, PyObject_GetIter(o))
#define PyObject_GetAttr(o, n) BINDERY_FAIL("PyObject_GetAttr", (PyObject *)NULL, PyObject_GetAttr(o, n))
#define PyObject_GetAttrString(o, n) \
    BINDERY_FAIL("PyObject_GetAttrString", (PyObject *)NULL, PyObject_GetAttrString(o, n))
#define PyObject_Str(o) BINDERY_FAIL("PyObject_Str", (PyObject *)NULL, PyObject_Str(o))
#define PyObject_Repr(o) BINDERY_FAIL("PyObject_Repr", (PyObject *)NULL, PyObject_Repr(o))
#define PyObject_CallNoArgs(f) BINDERY_FAIL("PyObject_CallNoArgs", (PyObject *)NULL, PyObject_CallNoArgs(f))
#define PyObject_CallOneArg(f, a) BINDERY_FAIL("PyObject_CallOneArg", (PyObject *)NULL, PyObject_CallOneArg(f, a))
#define PyObject_CallObject(f, a) BINDERY_FAIL("PyObject_CallObject", (PyObject *)NULL, PyObject_CallObject(f, a))
#define PyObject_CallFunction(...) \
    BINDERY_FAIL("PyObject_CallFunction", (PyObject *)NULL, PyObject_CallFunction(__VA_ARGS__))
#define PyObject_CallMethod(...) \
    BINDERY_FAIL("PyObject_CallMethod", (PyObject *)NULL, PyObject_CallMethod(__VA_ARGS__))
#define PyObject_CallFunctionObjArgs(...) \
    BINDERY_FAIL("PyObject_CallFunctionObjArgs", (PyObject *)NULL, PyObject_CallFunctionObjArgs(__VA_ARGS__))
#define PyNumber_Add(a, b) BINDERY_FAIL("PyNumber_Add", (PyObject *)NULL, PyNumber_Add(a, b))
#define PyNumber_Multiply(a, b) BINDERY_FAIL("PyNumber_Multiply", (PyObject *)NULL, PyNumber_Multiply(a, b))
#define PyNumber_Float(o) BINDERY_FAIL("PyNumber_Float", (PyObject *)NULL, PyNumber_Float(o))
#define PyNumber_Long(o) BINDERY_FAIL("PyNumber_Long", (PyObject *)NULL, PyNumber_Long(o))

/* NULL means the end or an error; here, the error. */
#define PyIter_Next(it) BINDERY_FAIL("PyIter_Next", (PyObject *)NULL, PyIter_Next(it))

/* Functions that return -1 on failure. */
#define PyList_Append(l, o) BINDERY_FAIL("PyList_Append", -1, PyList_Append(l, o))
#define PyDict_SetItem(d, k, v) BINDERY_FAIL("PyDict_SetItem", -1, PyDict_SetItem(d, k, v))
#define PyDict_SetItemString(d, k, v) BINDERY_FAIL("PyDict_SetItemString", -1, PyDict_SetItemString(d, k, v))
#define PySet_Add(s, o) BINDERY_FAIL("PySet_Add", -1, PySet_Add(s, o))
#define PyObject_SetAttr(o, n, v) BINDERY_FAIL("PyObject_SetAttr", -1, PyObject_SetAttr(o, n, v))
#define PyObject_SetAttrString(o, n, v) BINDERY_FAIL("PyObject_SetAttrString", -1, PyObject_SetAttrString(o, n, v))
#define PyObject_IsTrue(o) BINDERY_FAIL("PyObject_IsTrue", -1, PyObject_IsTrue(o))
#define PyObject_RichCompareBool(a, b, op) \
    BINDERY_FAIL("PyObject_RichCompareBool", -1, PyObject_RichCompareBool(a, b, op))
#define PyObject_GetBuffer(o, b, f) BINDERY_FAIL("PyObject_GetBuffer", -1, PyObject_GetBuffer(o, b, f))
#define PySequence_Size(o) BINDERY_FAIL("PySequence_Size", (Py_ssize_t)-1, PySequence_Size(o))
#define PyObject_Size(o) BINDERY_FAIL("PyObject_Size", (Py_ssize_t)-1, PyObject_Size(o))
#define PyLong_AsLong(o) BINDERY_FAIL("PyLong_AsLong", -1L, PyLong_AsLong(o))
#define PyLong_AsSsize_t(o) BINDERY_FAIL("PyLong_AsSsize_t", (Py_ssize_t)-1, PyLong_AsSsize_t(o))
#define PyFloat_AsDouble(o) BINDERY_FAIL("PyFloat_AsDouble", -1.0, PyFloat_AsDouble(o))

/* Setters that steal: the item is gone even when they fail. */
static inline int bindery_steal(PyObject *item) {
    Py_XDECREF(item);
    PyErr_NoMemory();
    return -1;
}
#define PyList_SetItem(l, i, o) \
    (bindery_fault_now("PyList_SetItem") ? bindery_steal(o) : PyList_SetItem(l, i, o))
#define PyTuple_SetItem(t, i, o) \
    (bindery_fault_now("PyTuple_SetItem") ? bindery_steal(o) : PyTuple_SetItem(t, i, o))

/* Allocators set no exception: that is the caller's to do. */
#undef PyMem_New
#define PyMem_New(type, n) ((type *)PyMem_Malloc((size_t)(n) * sizeof(type)))
#define PyMem_Malloc(n) BINDERY_FAIL_SILENTLY("PyMem_Malloc", NULL, PyMem_Malloc(n))
#define PyMem_Calloc(n, s) BINDERY_FAIL_SILENTLY("PyMem_Calloc", NULL, PyMem_Calloc(n, s))
#define malloc(n) BINDERY_FAIL_SILENTLY("malloc", NULL, malloc(n))
#define calloc(n, s) BINDERY_FAIL_SILENTLY("calloc", NULL, calloc(n, s))

#endif
