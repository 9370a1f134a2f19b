/* Who owns what, in small pieces. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: keeps */
static PyObject *
keeps(PyObject *module, PyObject *thing)
{
    Py_INCREF(thing);
    Py_RETURN_NONE;
}
/* ANCHOR_END: keeps */

/* ANCHOR: first_letter */
static PyObject *
first_letter(PyObject *module, PyObject *thing)
{
    PyObject *name = PyObject_GetAttrString(thing, "name"); /* new: ours */
    if (name == NULL)
        return NULL;
    PyObject *letter = PySequence_GetItem(name, 0); /* new: ours */
    Py_DECREF(name);
    return letter; /* now the caller's */
}
/* ANCHOR_END: first_letter */

/* ANCHOR: middle */
static PyObject *
middle(PyObject *module, PyObject *items)
{
    if (!PyTuple_Check(items)) {
        PyErr_SetString(PyExc_TypeError, "middle() takes a tuple");
        return NULL;
    }
    PyObject *item = PyTuple_GetItem(items, PyTuple_GET_SIZE(items) / 2); /* the tuple's */
    if (item == NULL)
        return NULL;
    return Py_NewRef(item); /* one more, for the caller */
}
/* ANCHOR_END: middle */

/* ANCHOR: sum_list */
static long
sum_list(PyObject *list)
{
    Py_ssize_t count = PyList_Size(list);
    if (count < 0)
        return -1;
    long total = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GetItem(list, i); /* can't fail */
        if (!PyLong_Check(item))
            continue;
        long value = PyLong_AsLong(item);
        if (value == -1 && PyErr_Occurred())
            return -1;
        total += value;
    }
    return total;
}
/* ANCHOR_END: sum_list */

static PyObject *
sum_of_list(PyObject *module, PyObject *list)
{
    long total = sum_list(list);
    if (total == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(total);
}

static PyMethodDef methods[] = {
    {"keeps", keeps, METH_O, ""},
    {"first_letter", first_letter, METH_O, ""},
    {"middle", middle, METH_O, ""},
    {"sum_list", sum_of_list, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "ledger", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_ledger(void)
{
    return PyModuleDef_Init(&module_def);
}
