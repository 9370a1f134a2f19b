/* Functions that forget to give something back, and one that does not. The GIL is held
 * throughout. Each returns a small number, which Python does not have to make. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

#define BYTES 1000

static PyObject *
a_float(PyObject *module, PyObject *ignored)
{
    PyObject *half = PyFloat_FromDouble(0.5); /* new: ours */
    if (half == NULL)
        return NULL;
    return PyLong_FromDouble(PyFloat_AS_DOUBLE(half)); /* and never released */
}

static PyObject *
some_bytes(PyObject *module, PyObject *ignored)
{
    PyObject *note = PyBytes_FromStringAndSize(NULL, BYTES); /* new */
    if (note == NULL)
        return NULL;
    PyBytes_AS_STRING(note)[0] = 1;
    return PyLong_FromLong(PyBytes_AS_STRING(note)[0]); /* leak: note */
}

static PyObject *
a_list(PyObject *module, PyObject *ignored)
{
    PyObject *list = PyList_New(100); /* new; the collector knows it */
    if (list == NULL)
        return NULL;
    return PyLong_FromSsize_t(PyList_GET_SIZE(list)); /* leak: list */
}

/* The same, and the collector is told to forget it: none of its lists points there now. */
static PyObject *
untracked_list(PyObject *module, PyObject *ignored)
{
    PyObject *list = PyList_New(100);
    if (list == NULL)
        return NULL;
    PyObject_GC_UnTrack(list);
    return PyLong_FromSsize_t(PyList_GET_SIZE(list)); /* leak: list */
}

/* `PySequence_GetItem` returns a new reference, where `PyList_GetItem` lends one. */
static PyObject *
first_is_none(PyObject *module, PyObject *list)
{
    PyObject *item = PySequence_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    return PyBool_FromLong(item == Py_None); /* leak: item */
}

/* ANCHOR: append_does_not_steal */
static PyObject *
halves(PyObject *module, PyObject *wanted)
{
    Py_ssize_t count = PyLong_AsSsize_t(wanted);
    if (count == -1 && PyErr_Occurred())
        return NULL;
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
        PyObject *half = PyFloat_FromDouble(0.5);
        if (half == NULL || PyList_Append(list, half) < 0)
            Py_CLEAR(list);
        /* leak: `PyList_Append` has taken a reference of its own, and ours remains */
    }
    return list;
}
/* ANCHOR_END: append_does_not_steal */

static PyObject *
none(PyObject *module, PyObject *ignored)
{
    Py_INCREF(Py_None); /* leak: for nobody */
    return PyLong_FromLong(0);
}

static PyObject *
from_pymem(PyObject *module, PyObject *ignored)
{
    char *note = PyMem_Malloc(BYTES);
    if (note == NULL)
        return PyErr_NoMemory();
    note[0] = 1;
    return PyLong_FromLong(note[0]); /* leak: no PyMem_Free */
}

static PyObject *
from_malloc(PyObject *module, PyObject *ignored)
{
    char *note = malloc(BYTES);
    if (note == NULL)
        return PyErr_NoMemory();
    note[0] = 1;
    return PyLong_FromLong(note[0]); /* leak: no free */
}

/* ANCHOR: given_back */
static PyObject *
tidy(PyObject *module, PyObject *ignored)
{
    PyObject *half = PyFloat_FromDouble(0.5);
    PyObject *note = PyBytes_FromStringAndSize(NULL, BYTES);
    PyObject *list = PyList_New(100);
    char *python = PyMem_Malloc(BYTES);
    char *c = malloc(BYTES);
    Py_XDECREF(half); /* each by the function that belongs to it, on every path */
    Py_XDECREF(note);
    Py_XDECREF(list);
    PyMem_Free(python);
    free(c);
    return PyLong_FromLong(0);
}
/* ANCHOR_END: given_back */

static PyMethodDef methods[] = {
    {"a_float", a_float, METH_O, ""},         {"some_bytes", some_bytes, METH_O, ""},
    {"a_list", a_list, METH_O, ""},           {"first_is_none", first_is_none, METH_O, ""},
    {"halves", halves, METH_O, ""},           {"none", none, METH_O, ""},
    {"from_pymem", from_pymem, METH_O, ""},   {"from_malloc", from_malloc, METH_O, ""},
    {"tidy", tidy, METH_O, ""},               {"untracked_list", untracked_list, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "forgetful", .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_forgetful(void)
{
    return PyModuleDef_Init(&module_def);
}
