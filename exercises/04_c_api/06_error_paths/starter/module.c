/* survey(readings, classify): readings sorted into groups, and their median.
 *
 * TODO: whatever fails, raise it and leave nothing behind.
 */
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
 * under a label starts a list. */
static void
add(PyObject *groups, PyObject *label, double value)
{
    PyObject *list = PyDict_GetItemWithError(groups, label);
    int is_new = list == NULL;
    if (is_new) {
        list = PyList_New(0);
        PyDict_SetItem(groups, label, list);
    }
    PyObject *number = PyFloat_FromDouble(value);
    PyList_Append(list, number);
    Py_DECREF(number);
    if (is_new)
        Py_DECREF(list);
}

static PyObject *
survey(PyObject *module, PyObject *args)
{
    PyObject *readings, *classify;
    if (!PyArg_ParseTuple(args, "OO:survey", &readings, &classify))
        return NULL;

    /* A tuple of our own: nothing that `classify` does can change it. */
    PyObject *all = PySequence_Tuple(readings);
    if (all == NULL)
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(all);
    if (count == 0) {
        PyErr_SetString(PyExc_ValueError, "there are no readings");
        return NULL;
    }
    double *sorted = malloc(count * sizeof(double));
    if (sorted == NULL)
        return NULL;
    PyObject *groups = PyDict_New();

    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *reading = PyTuple_GET_ITEM(all, i);
        sorted[i] = PyFloat_AsDouble(reading);
        if (sorted[i] == -1.0 && PyErr_Occurred()) {
            Py_DECREF(groups);
            return NULL;
        }
        PyObject *label = PyObject_CallOneArg(classify, reading);
        if (label == NULL) {
            free(sorted);
            return NULL;
        }
        add(groups, label, sorted[i]);
        Py_DECREF(label);
    }

    qsort(sorted, count, sizeof(double), compare);
    double median = median_of(sorted, count);
    PyObject *result = Py_BuildValue("(Od)", groups, median);
    Py_DECREF(all);
    Py_DECREF(groups);
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
