/* What every object begins with. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: look_at_the_head */
static PyObject *
look(PyObject *module, PyObject *thing)
{
    Py_ssize_t references = Py_REFCNT(thing);
    PyTypeObject *type = Py_TYPE(thing);
    return Py_BuildValue("(ns)", references, type->tp_name);
}
/* ANCHOR_END: look_at_the_head */

static PyMethodDef methods[] = {
    {"look", look, METH_O, "How many references there are to a thing, and its type's name."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "head",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_head(void)
{
    return PyModuleDef_Init(&module_def);
}
