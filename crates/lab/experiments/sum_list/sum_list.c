/* The function that goes round, what a module needs around it, and variations of it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

long sum_list(PyObject *list);

#include "as_printed.inc"
} /* The brace that the printed function lacks. */

/* ANCHOR: three_callers */
/* Minus one is the mark of an error and also a sum. This one asks which it is. */
static PyObject *asking(PyObject *module, PyObject *list)
{
    long total = sum_list(list);
    if (total == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(total);
}

/* This one takes each -1 for a sum... */
static PyObject *trusting(PyObject *module, PyObject *list)
{
    return PyLong_FromLong(sum_list(list));
}

/* ...and this one takes each -1 for an error. */
static PyObject *wary(PyObject *module, PyObject *list)
{
    long total = sum_list(list);
    return total == -1 ? NULL : PyLong_FromLong(total);
}
/* ANCHOR_END: three_callers */

/* PyList_GetItem alone, with whatever object and place it is given. */
static PyObject *get_item(PyObject *module, PyObject *args)
{
    PyObject *object;
    Py_ssize_t i;
    if (!PyArg_ParseTuple(args, "On", &object, &i))
        return NULL;
    PyObject *item = PyList_GetItem(object, i); /* borrowed, or NULL and an exception */
    return Py_XNewRef(item);
}

/* ANCHOR: a_loop_that_runs_python */
/* The same loop for whatever has an __index__. That is a method in Python: it may do
   anything, such as take items out of the list that is being read. */
static long sum_anything(PyObject *list, int checked)
{
    Py_ssize_t n = PyList_Size(list);
    long total = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyList_GetItem(list, i);
        if (checked && item == NULL)
            return -1;
        Py_INCREF(item); /* the list may drop it while we look */
        PyObject *number = PyNumber_Index(item);
        Py_DECREF(item);
        if (number == NULL)
            return -1;
        total += PyLong_AsLong(number);
        Py_DECREF(number);
    }
    return total;
}
/* ANCHOR_END: a_loop_that_runs_python */

static PyObject *anything_checked(PyObject *module, PyObject *list)
{
    long total = sum_anything(list, 1);
    return total == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(total);
}

static PyObject *anything_unchecked(PyObject *module, PyObject *list)
{
    long total = sum_anything(list, 0);
    return total == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong(total);
}

/* ANCHOR: a_sum_that_keeps_its_word */
/* The sum of a list of integers, or an exception: TypeError for what is no list and no
   integer, OverflowError for a sum that a C long cannot hold. */
static PyObject *honest(PyObject *module, PyObject *list)
{
    if (!PyList_Check(list)) {
        PyErr_Format(PyExc_TypeError, "a list is needed, not %s", Py_TYPE(list)->tp_name);
        return NULL;
    }
    long total = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) { /* asked anew in each round */
        PyObject *item = Py_NewRef(PyList_GET_ITEM(list, i)); /* ours while Python may run */
        long value = PyLong_AsLong(item); /* calls __index__ of what is no int */
        Py_DECREF(item);
        if (value == -1 && PyErr_Occurred())
            return NULL;
        if (__builtin_add_overflow(total, value, &total)) {
            PyErr_SetString(PyExc_OverflowError, "the sum is too large for a C long");
            return NULL;
        }
    }
    return PyLong_FromLong(total);
}
/* ANCHOR_END: a_sum_that_keeps_its_word */

static PyMethodDef methods[] = {
    {"sum_list", asking, METH_O, NULL},
    {"trusting", trusting, METH_O, NULL},
    {"wary", wary, METH_O, NULL},
    {"get_item", get_item, METH_VARARGS, NULL},
    {"anything_checked", anything_checked, METH_O, NULL},
    {"anything_unchecked", anything_unchecked, METH_O, NULL},
    {"honest", honest, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sum_list",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_sum_list(void)
{
    return PyModule_Create(&definition);
}
