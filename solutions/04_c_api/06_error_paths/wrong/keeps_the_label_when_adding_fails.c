// wrong: releases the label after it has looked whether the value was added
// caught-by: survives_every_fault
// says: when the first `PyDict_GetItemWithError` fails, raised, but did not clean up first
// caught-by: leaves_no_memory
// says: `unhashable_label` leaked Python objects on every call
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

static int
compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The middle one of sorted values, or the mean of the two in the middle. */
static double
median_of(const double *sorted, Py_ssize_t count)
{
    double upper = sorted[count / 2];
    return count % 2 ? upper : (sorted[count / 2 - 1] + upper) / 2;
}

/* Appends a value to the list that `groups` has under `label`; the first value
 * under a label starts a list. 0, or -1 and an exception. */
static int
add(PyObject *groups, PyObject *label, double value)
{
    /* Borrowed. NULL means "not there" or "failed": PyDict_GetItem, without the
     * error in its name, would swallow the failure. */
    PyObject *list = PyDict_GetItemWithError(groups, label);
    if (list == NULL) {
        if (PyErr_Occurred())
            return -1;
        list = PyList_New(0);
        if (list == NULL)
            return -1;
        int stored = PyDict_SetItem(groups, label, list);
        /* From here on the dict owns the list and we borrow it, as above; or the
         * dict did not take it, and this frees it. */
        Py_DECREF(list);
        if (stored < 0)
            return -1;
    }
    PyObject *number = PyFloat_FromDouble(value);
    if (number == NULL)
        return -1;
    int appended = PyList_Append(list, number);
    Py_DECREF(number);
    return appended;
}

static PyObject *
survey(PyObject *module, PyObject *args)
{
    PyObject *readings, *classify;
    if (!PyArg_ParseTuple(args, "OO:survey", &readings, &classify))
        return NULL;

    /* All that is owned, NULL as long as it is not there, released in one place.
     * The other way, a release at each return, is as right on the day it is
     * written, and one call more makes it wrong in as many places as follow. */
    PyObject *all = NULL, *groups = NULL, *result = NULL;
    double *sorted = NULL;

    /* A tuple of our own: nothing that `classify` does can change it. */
    all = PySequence_Tuple(readings);
    if (all == NULL)
        goto done;
    Py_ssize_t count = PyTuple_GET_SIZE(all);
    if (count == 0) {
        PyErr_SetString(PyExc_ValueError, "there are no readings");
        goto done;
    }
    sorted = malloc(count * sizeof(double));
    if (sorted == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    groups = PyDict_New();
    if (groups == NULL)
        goto done;

    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *reading = PyTuple_GET_ITEM(all, i);
        sorted[i] = PyFloat_AsDouble(reading);
        if (sorted[i] == -1.0 && PyErr_Occurred())
            goto done;
        PyObject *label = PyObject_CallOneArg(classify, reading);
        if (label == NULL)
            goto done;
        int added = add(groups, label, sorted[i]);
        if (added < 0)
            goto done;
        Py_DECREF(label);
    }

    qsort(sorted, count, sizeof(double), compare);
    /* O, and not N: `groups` is released below, whether this works or not. */
    result = Py_BuildValue("(Od)", groups, median_of(sorted, count));

done:
    Py_XDECREF(all);
    Py_XDECREF(groups);
    free(sorted);
    return result;
}

/* What makes a module of it; nothing to repair from here on. */

static PyMethodDef methods[] = {
    {"survey", survey, METH_VARARGS, "Readings sorted into groups, and their median."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "error_paths",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_error_paths(void)
{
    return PyModuleDef_Init(&module_def);
}
