// The C API by hand, with more and more care.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "vault.hpp"

// ANCHOR: no_try
static PyObject *open_bare(PyObject *, PyObject *key) {
    return PyLong_FromLong(vault_open((int)PyLong_AsLong(key)));
}
// ANCHOR_END: no_try

// ANCHOR: the_usual_wrapper
static PyObject *open_usual(PyObject *, PyObject *key) {
    try {
        return PyLong_FromLong(vault_open((int)PyLong_AsLong(key)));
    } catch (const std::exception &e) {
        PyErr_SetString(PyExc_RuntimeError, e.what());
        return nullptr;
    }
}
// ANCHOR_END: the_usual_wrapper

// The two usual pieces of advice together: release the GIL, and catch. What is thrown jumps
// over Py_END_ALLOW_THREADS, and the handler calls Python without the GIL.
// ANCHOR: jumped_over
static PyObject *open_jumping(PyObject *, PyObject *key) {
    int number = (int)PyLong_AsLong(key), result = 0;
    try {
        Py_BEGIN_ALLOW_THREADS
        result = vault_open(number);
        Py_END_ALLOW_THREADS
        return PyLong_FromLong(result);
    } catch (const std::exception &e) {
        PyErr_SetString(PyExc_RuntimeError, e.what());
        return nullptr;
    }
}
// ANCHOR_END: jumped_over

// ANCHOR: translate_once
// To be called in a catch block, with the GIL: `throw;` throws again what was caught.
static PyObject *translated() noexcept {
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return PyErr_NoMemory();
    } catch (const std::out_of_range &e) {
        PyErr_SetString(PyExc_IndexError, e.what());
    } catch (const std::invalid_argument &e) {
        PyErr_SetString(PyExc_ValueError, e.what());
    } catch (const std::overflow_error &e) {
        PyErr_SetString(PyExc_OverflowError, e.what());
    } catch (const std::exception &e) {
        PyErr_SetString(PyExc_RuntimeError, e.what());
    } catch (...) {
        PyErr_SetString(PyExc_RuntimeError, "something was thrown that is no std::exception");
    }
    return nullptr;
}

// Lets go of the GIL, and takes it back however the block is left.
class Detached {
    PyThreadState *state = PyEval_SaveThread();

public:
    ~Detached() { PyEval_RestoreThread(state); }
};

static PyObject *open_careful(PyObject *, PyObject *key) {
    int number = (int)PyLong_AsLong(key), result = 0;
    if (number == -1 && PyErr_Occurred()) return nullptr;
    try {
        Detached here;
        result = vault_open(number);
    } catch (...) {
        return translated();  // `here` is gone: the GIL is ours again
    }
    return PyLong_FromLong(result);
}
// ANCHOR_END: translate_once

static PyMethodDef methods[] = {
    {"open_bare", open_bare, METH_O, nullptr},
    {"open_usual", open_usual, METH_O, nullptr},
    {"open_jumping", open_jumping, METH_O, nullptr},
    {"open_careful", open_careful, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "vault_capi", nullptr, 0, methods, nullptr, nullptr, nullptr, nullptr};

PyMODINIT_FUNC PyInit_vault_capi() { return PyModuleDef_Init(&definition); }
