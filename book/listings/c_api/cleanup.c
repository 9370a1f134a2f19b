/* Ways out of a function, right and wrong. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: leaves_early */
static PyObject *
texts_early(PyObject *module, PyObject *args)
{
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO", &first, &second))
        return NULL;
    PyObject *a = PyObject_Str(first);
    if (a == NULL)
        return NULL;
    PyObject *b = PyObject_Str(second);
    if (b == NULL)
        return NULL;
    return Py_BuildValue("(NN)", a, b);
}
/* ANCHOR_END: leaves_early */

/* ANCHOR: one_way_out */
static PyObject *
texts(PyObject *module, PyObject *args)
{
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO", &first, &second))
        return NULL;
    PyObject *a = NULL, *b = NULL, *pair = NULL;
    a = PyObject_Str(first);
    if (a == NULL)
        goto done;
    b = PyObject_Str(second);
    if (b == NULL)
        goto done;
    pair = PyTuple_Pack(2, a, b); /* takes references of its own */
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return pair;
}
/* ANCHOR_END: one_way_out */

/* ANCHOR: broken_promises */
static PyObject *
silent(PyObject *module, PyObject *ignored)
{
    return NULL;
}

static PyObject *
both(PyObject *module, PyObject *thing)
{
    PyObject_GetAttrString(thing, "no_such_name"); /* NULL and an AttributeError */
    Py_RETURN_NONE;
}
/* ANCHOR_END: broken_promises */

/* ANCHOR: is_it_minus_one */
static PyObject *
next_number(PyObject *module, PyObject *number)
{
    long value = PyLong_AsLong(number);
    if (value == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(value + 1);
}
/* ANCHOR_END: is_it_minus_one */

static PyMethodDef methods[] = {
    {"texts_early", texts_early, METH_VARARGS, ""},
    {"texts", texts, METH_VARARGS, ""},
    {"silent", silent, METH_NOARGS, ""},
    {"both", both, METH_O, ""},
    {"next_number", next_number, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "cleanup", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_cleanup(void)
{
    return PyModuleDef_Init(&module_def);
}
