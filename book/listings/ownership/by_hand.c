/* Keeping an object, and two ways of getting it wrong. The GIL is held throughout. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: keeps_in_c */
static PyObject *kept = NULL; /* owned, or NULL */

static PyObject *
keep(PyObject *module, PyObject *object)
{
    PyObject *before = kept;
    Py_INCREF(object); /* the argument is borrowed: from here on it is ours too */
    kept = object;
    Py_XDECREF(before); /* last: the end of an object may run any code */
    Py_RETURN_NONE;
}

static PyObject *
let_go(PyObject *module, PyObject *ignored)
{
    Py_CLEAR(kept); /* forgets the address, then releases */
    Py_RETURN_NONE;
}
/* ANCHOR_END: keeps_in_c */

/* ANCHOR: one_too_many_one_too_few */
static PyObject *
one_too_many(PyObject *module, PyObject *object)
{
    Py_INCREF(object); /* and nobody will ever release it */
    Py_RETURN_NONE;
}

static PyObject *
one_too_few(PyObject *module, PyObject *object)
{
    Py_DECREF(object); /* it was the caller's */
    Py_RETURN_NONE;
}
/* ANCHOR_END: one_too_many_one_too_few */

static PyMethodDef methods[] = {
    {"keep", keep, METH_O, ""},
    {"let_go", let_go, METH_NOARGS, ""},
    {"one_too_many", one_too_many, METH_O, ""},
    {"one_too_few", one_too_few, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "by_hand", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_by_hand(void)
{
    return PyModuleDef_Init(&module_def);
}
