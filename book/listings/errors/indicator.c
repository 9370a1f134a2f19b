#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: set_and_null */
static PyObject *refuse(PyObject *module, PyObject *argument)
{
    (void)module;
    PyErr_Format(PyExc_ValueError, "%R is not for sale", argument);
    return NULL;
}
/* ANCHOR_END: set_and_null */

/* ANCHOR: one_without_the_other */
/* Wrong on purpose: NULL, and nothing is set. */
static PyObject *keep_silent(PyObject *module, PyObject *argument)
{
    (void)module, (void)argument;
    return NULL;
}

/* Wrong on purpose: an exception is set, and a result is returned. */
static PyObject *do_both(PyObject *module, PyObject *argument)
{
    (void)module;
    PyErr_SetString(PyExc_ValueError, "not for sale");
    return Py_NewRef(argument);
}
/* ANCHOR_END: one_without_the_other */

/* ANCHOR: asks_and_clears */
/* The price of a thing in a dict, or 0 where it has none. */
static PyObject *price(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *prices, *thing;
    if (!PyArg_ParseTuple(args, "OO", &prices, &thing)) {
        return NULL; /* PyArg_ParseTuple has set an exception */
    }
    PyObject *found = PyObject_GetItem(prices, thing);
    if (found == NULL && PyErr_ExceptionMatches(PyExc_KeyError)) {
        PyErr_Clear(); /* this one was expected, and is dealt with */
        return PyLong_FromLong(0);
    }
    return found; /* a result, or NULL and whatever else was raised */
}
/* ANCHOR_END: asks_and_clears */

static PyMethodDef methods[] = {
    {"refuse", refuse, METH_O, NULL},
    {"keep_silent", keep_silent, METH_O, NULL},
    {"do_both", do_both, METH_O, NULL},
    {"price", price, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "indicator", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_indicator(void) { return PyModuleDef_Init(&definition); }
