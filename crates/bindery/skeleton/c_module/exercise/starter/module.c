/* FILL IN: what a learner starts from: it builds without a warning, and fails for the reason it teaches */
/* A module that is to double numbers. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* twice(n): twice the number. */
static PyObject *
twice(PyObject *module, PyObject *args)
{
    long long n;
    if (!PyArg_ParseTuple(args, "L:twice", &n))
        return NULL;
    /* TODO: double it. */
    return PyLong_FromLongLong(n);
}

static PyMethodDef methods[] = {
    {"twice", twice, METH_VARARGS, "Twice the number."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "{{slug}}",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_{{slug}}(void)
{
    return PyModuleDef_Init(&module_def);
}
