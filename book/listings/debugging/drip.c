/* Three ways to lose a hundred bytes at every call, and one that loses nothing.
 * The GIL is held throughout; what is leaked belongs to nobody any more. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

#define BYTES 100

/* ANCHOR: three_leaks */
static PyObject *
from_malloc(PyObject *module, PyObject *ignored)
{
    char *note = malloc(BYTES); /* the C library's memory */
    if (note == NULL)
        return PyErr_NoMemory();
    note[0] = 'x';
    return PyLong_FromLong(note[0]);
}

static PyObject *
from_pymem(PyObject *module, PyObject *ignored)
{
    char *note = PyMem_Malloc(BYTES); /* Python's memory */
    if (note == NULL)
        return PyErr_NoMemory();
    note[0] = 'x';
    return PyLong_FromLong(note[0]);
}

static PyObject *
an_object(PyObject *module, PyObject *ignored)
{
    PyObject *note = PyBytes_FromStringAndSize(NULL, BYTES); /* new: ours */
    if (note == NULL)
        return NULL;
    PyBytes_AS_STRING(note)[0] = 'x';
    return PyLong_FromLong(PyBytes_AS_STRING(note)[0]); /* and never released */
}
/* ANCHOR_END: three_leaks */

static PyObject *
dry(PyObject *module, PyObject *ignored)
{
    char *note = malloc(BYTES);
    if (note == NULL)
        return PyErr_NoMemory();
    note[0] = 'x';
    PyObject *letter = PyLong_FromLong(note[0]);
    free(note);
    return letter;
}

static PyMethodDef methods[] = {
    {"from_malloc", from_malloc, METH_O, ""},
    {"from_pymem", from_pymem, METH_O, ""},
    {"an_object", an_object, METH_O, ""},
    {"dry", dry, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "drip", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_drip(void)
{
    return PyModuleDef_Init(&module_def);
}
