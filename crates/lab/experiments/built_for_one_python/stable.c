/* The same through the limited API: every look at an object is a call, so no struct is known
   here, and the file is for CPython 3.10 and all after it. */
/* ANCHOR: asks_and_does_not_look */
#define Py_LIMITED_API 0x030A0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *doubled(PyObject *module, PyObject *number)
{
    long value = PyLong_AsLong(number);
    if (value == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(2 * value);
}
/* ANCHOR_END: asks_and_does_not_look */

static PyMethodDef methods[] = {
    {"doubled", doubled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stable",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_stable(void)
{
    return PyModule_Create(&definition);
}
