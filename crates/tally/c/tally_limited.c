/* The same functions through the limited API: what is compiled here once is loaded by every
   later Python, and no macro may look into an object. */
#define PY_SSIZE_T_CLEAN
#include <patchlevel.h>
#if PY_VERSION_HEX >= 0x030B0000
#define Py_LIMITED_API 0x030B0000 /* from here on with the buffer protocol */
#else
#define Py_LIMITED_API 0x030A0000
#endif
#include <Python.h>

#include "tally.h"

static PyObject *add(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments are needed");
        return NULL;
    }
    long a = PyLong_AsLong(args[0]);
    if (a == -1 && PyErr_Occurred())
        return NULL;
    long b = PyLong_AsLong(args[1]);
    if (b == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(tally_add(a, b));
}

static PyObject *noop(PyObject *module, PyObject *Py_UNUSED(none))
{
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
    /* PyObject_CallOneArg is not in the limited API; this one makes room for any number. */
    PyObject *result = PyObject_CallFunctionObjArgs((PyObject *)data, number, NULL);
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

/* A list is copied into an array: each item by a call, where the full API has a macro. */
static PyObject *total(PyObject *module, PyObject *list)
{
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "a list is needed");
        return NULL;
    }
    Py_ssize_t length = PyList_Size(list);
    double *numbers = PyMem_Malloc((size_t)length * sizeof(double));
    if (!numbers)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < length; i++) {
        PyObject *item = PyList_GetItem(list, i); /* borrowed: the list keeps it */
        if (item)
            numbers[i] = PyFloat_AsDouble(item);
        if (!item || (numbers[i] == -1 && PyErr_Occurred())) {
            PyMem_Free(numbers);
            return NULL;
        }
    }
    double sum = tally_total(numbers, (size_t)length);
    PyMem_Free(numbers);
    return PyFloat_FromDouble(sum);
}

#if Py_LIMITED_API >= 0x030B0000
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
#endif

static PyMethodDef methods[] = {
    {"add", (PyCFunction)(void (*)(void))add, METH_FASTCALL, NULL},
    {"noop", noop, METH_NOARGS, NULL},
    {"fail", fail, METH_NOARGS, NULL},
    {"call", (PyCFunction)(void (*)(void))call, METH_FASTCALL, NULL},
    {"total", total, METH_O, NULL},
#if Py_LIMITED_API >= 0x030B0000
    {"total_buffer", total_buffer, METH_O, NULL},
#endif
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tally_limited",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_tally_limited(void)
{
    return PyModule_Create(&definition);
}
