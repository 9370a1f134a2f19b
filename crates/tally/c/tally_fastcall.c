/* Bound through the C API as one would write it today: METH_FASTCALL, arguments by hand. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "tally.h"

/* Two integers; -1 and an exception if they are none. */
static int two(PyObject *const *args, Py_ssize_t n, long *a, long *b)
{
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments are needed");
        return -1;
    }
    *a = PyLong_AsLong(args[0]);
    if (*a == -1 && PyErr_Occurred())
        return -1;
    *b = PyLong_AsLong(args[1]);
    return *b == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *add(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    long a, b;
    if (two(args, n, &a, &b) < 0)
        return NULL;
    return PyLong_FromLong(tally_add(a, b));
}

/* The same with a format string, as in most tutorials. */
static PyObject *add_varargs(PyObject *module, PyObject *args)
{
    long a, b;
    if (!PyArg_ParseTuple(args, "ll", &a, &b))
        return NULL;
    return PyLong_FromLong(tally_add(a, b));
}

static PyObject *noop(PyObject *module, PyObject *Py_UNUSED(none))
{
    tally_noop();
    Py_RETURN_NONE;
}

static PyObject *noop_varargs(PyObject *module, PyObject *args)
{
    if (!PyArg_ParseTuple(args, ""))
        return NULL;
    tally_noop();
    Py_RETURN_NONE;
}

static PyObject *fail(PyObject *module, PyObject *Py_UNUSED(none))
{
    if (tally_fail() < 0) {
        PyErr_SetString(PyExc_ValueError, "no");
        return NULL;
    }
    Py_RETURN_NONE;
}

static int call_back(long i, void *data)
{
    PyObject *number = PyLong_FromLong(i);
    if (!number)
        return -1;
    PyObject *result = PyObject_CallOneArg((PyObject *)data, number);
    Py_DECREF(number);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

static PyObject *call(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "a callback and a number are needed");
        return NULL;
    }
    long times = PyLong_AsLong(args[1]);
    if (times == -1 && PyErr_Occurred())
        return NULL;
    if (tally_call(call_back, args[0], times) != 0)
        return NULL;
    Py_RETURN_NONE;
}

/* A list of floats is copied into an array, as for a library that wants one. */
static PyObject *total(PyObject *module, PyObject *list)
{
    PyObject *items = PySequence_Fast(list, "a sequence is needed");
    if (!items)
        return NULL;
    Py_ssize_t length = PySequence_Fast_GET_SIZE(items);
    double *numbers = PyMem_New(double, length);
    if (!numbers) {
        Py_DECREF(items);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < length; i++) {
        /* An item may be an object whose own __float__ has just made the list shorter. */
        if (length != PySequence_Fast_GET_SIZE(items)) {
            PyErr_SetString(PyExc_RuntimeError, "the list changed while it was read");
            PyMem_Free(numbers);
            Py_DECREF(items);
            return NULL;
        }
        numbers[i] = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(items, i));
        if (numbers[i] == -1 && PyErr_Occurred()) {
            PyMem_Free(numbers);
            Py_DECREF(items);
            return NULL;
        }
    }
    double sum = tally_total(numbers, (size_t)length);
    PyMem_Free(numbers);
    Py_DECREF(items);
    return PyFloat_FromDouble(sum);
}

/* The same without a copy: whatever shows its memory. */
static PyObject *total_buffer(PyObject *module, PyObject *object)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return NULL;
    if (view.itemsize != sizeof(double)) {
        PyBuffer_Release(&view);
        PyErr_SetString(PyExc_TypeError, "doubles are needed");
        return NULL;
    }
    double sum = tally_total(view.buf, (size_t)(view.len / view.itemsize));
    PyBuffer_Release(&view);
    return PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"add", (PyCFunction)(void (*)(void))add, METH_FASTCALL, NULL},
    {"add_varargs", add_varargs, METH_VARARGS, NULL},
    {"noop", noop, METH_NOARGS, NULL},
    {"noop_varargs", noop_varargs, METH_VARARGS, NULL},
    {"fail", fail, METH_NOARGS, NULL},
    {"call", (PyCFunction)(void (*)(void))call, METH_FASTCALL, NULL},
    {"total", total, METH_O, NULL},
    {"total_buffer", total_buffer, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tally_fastcall",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_tally_fastcall(void)
{
    return PyModule_Create(&definition);
}
