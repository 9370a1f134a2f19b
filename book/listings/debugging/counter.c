/* A counter that can be looked at after it was given back. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: looks_too_late */
static long *count;

static PyObject *
start(PyObject *module, PyObject *ignored)
{
    count = PyMem_Malloc(sizeof *count);
    if (count == NULL)
        return PyErr_NoMemory();
    *count = 0;
    Py_RETURN_NONE;
}

static PyObject *
stop(PyObject *module, PyObject *ignored)
{
    PyMem_Free(count);
    Py_RETURN_NONE;
}

static PyObject *
look(PyObject *module, PyObject *ignored)
{
    return PyLong_FromLong(*count);
}
/* ANCHOR_END: looks_too_late */

static PyMethodDef methods[] = {
    {"start", start, METH_NOARGS, ""},
    {"stop", stop, METH_NOARGS, ""},
    {"look", look, METH_NOARGS, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "counter", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_counter(void)
{
    return PyModuleDef_Init(&module_def);
}
