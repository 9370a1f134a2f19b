/* Reads a small integer out of the struct it lives in. Each version of CPython has its own
   struct, and the compiler takes the one in the headers that it is given. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: looks_into_the_struct */
static PyObject *doubled(PyObject *module, PyObject *number)
{
    if (!PyLong_CheckExact(number)) {
        PyErr_SetString(PyExc_TypeError, "an int is needed");
        return NULL;
    }
    PyLongObject *n = (PyLongObject *)number;
#if PY_VERSION_HEX >= 0x030C0000 /* since 3.12 the sign is in two bits of a tag */
    long value = (long)PyUnstable_Long_CompactValue(n);
#else /* before, it was the sign of the number of digits */
    long value = (long)Py_SIZE(n) * (long)n->ob_digit[0];
#endif
    return PyLong_FromLong(2 * value);
}
/* ANCHOR_END: looks_into_the_struct */

static PyMethodDef methods[] = {
    {"doubled", doubled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "digits",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_digits(void)
{
    return PyModule_Create(&definition);
}
