// wrong: `total` passes over what is no integer, as a sample in Python's own documentation does
// caught-by: total_releases_each_item
// says: did not raise `TypeError`
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* total(numbers): the sum of a sequence of integers.
 *
 * TypeError where an item is no integer; OverflowError where an item or the sum
 * does not fit a C long.
 */
static PyObject *
total(PyObject *module, PyObject *numbers)
{
    Py_ssize_t count = PySequence_Size(numbers);
    if (count < 0)
        return NULL;
    long sum = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_GetItem(numbers, i);
        if (item == NULL)
            return NULL;
        /* A new reference. It is released here, once, and not at the three ways
         * out below: the value is all that is needed from now on. PyErr_Occurred
         * may be asked after a release, which leaves an exception as it is. */
        if (!PyLong_Check(item)) {
            Py_DECREF(item);
            continue;
        }
        long value = PyLong_AsLong(item);
        Py_DECREF(item);
        if (value == -1 && PyErr_Occurred())
            return NULL;
        if (__builtin_add_overflow(sum, value, &sum)) {
            PyErr_SetString(PyExc_OverflowError, "the sum does not fit a C long");
            return NULL;
        }
    }
    return PyLong_FromLong(sum);
}

/* last(items): the last item of a list.
 *
 * TypeError where it is no list, IndexError where it is empty.
 */
static PyObject *
last(PyObject *module, PyObject *items)
{
    if (!PyList_Check(items)) {
        PyErr_SetString(PyExc_TypeError, "last() takes a list");
        return NULL;
    }
    /* Borrowed from the list, and the caller is owed a reference. X for the empty
     * list. PySequence_GetItem would have given a new one, and would take -1 for
     * the last item; it would also have to be asked about each kind of sequence. */
    PyObject *item = PyList_GetItem(items, PyList_GET_SIZE(items) - 1);
    Py_XINCREF(item);
    return item;
}

/* length_at(table, key): the length of what a dict has under a key.
 *
 * KeyError where it has nothing there, TypeError where that has no length.
 */
static PyObject *
length_at(PyObject *module, PyObject *args)
{
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!O:length_at", &PyDict_Type, &table, &key))
        return NULL;
    PyObject *value = PyDict_GetItemWithError(table, key);
    if (value == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, key);
        return NULL;
    }
    /* Borrowed from the dict, which the caller holds. But `__len__` may be
     * Python code and may take the value out of the dict, so it is held for the
     * length of the call. Releasing nothing and holding nothing passes too, until
     * somebody writes such a `__len__`. */
    Py_INCREF(value);
    Py_ssize_t length = PyObject_Size(value);
    Py_DECREF(value);
    if (length < 0)
        return NULL;
    return PyLong_FromSsize_t(length);
}

/* label(thing): the attribute `name` of a thing, as text between angle brackets.
 *
 * AttributeError where it has no name.
 */
static PyObject *
label(PyObject *module, PyObject *thing)
{
    PyObject *name = PyObject_GetAttrString(thing, "name");
    if (name == NULL)
        return NULL;
    /* The label holds a copy of the name's text, not the name. */
    PyObject *text = PyUnicode_FromFormat("<%S>", name);
    Py_DECREF(name);
    return text;
}

/* each(function, items): a list of what the function makes of each item.
 *
 * What the function raises is raised.
 */
static PyObject *
each(PyObject *module, PyObject *args)
{
    PyObject *function, *items;
    if (!PyArg_ParseTuple(args, "OO:each", &function, &items))
        return NULL;
    PyObject *iterator = PyObject_GetIter(items);
    if (iterator == NULL)
        return NULL;
    PyObject *results = PyList_New(0);
    if (results == NULL) {
        Py_DECREF(iterator);
        return NULL;
    }
    PyObject *item;
    while ((item = PyIter_Next(iterator)) != NULL) {
        PyObject *made = PyObject_CallOneArg(function, item);
        Py_DECREF(item);
        if (made == NULL)
            break;
        /* The list takes a reference of its own, or fails and takes none: either
         * way ours is to be released. PyList_SetItem would steal it, but needs to
         * know the number of items beforehand. */
        int appended = PyList_Append(results, made);
        Py_DECREF(made);
        if (appended < 0)
            break;
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred()) {
        Py_DECREF(results);
        return NULL;
    }
    return results;
}

/* tagged(tag, thing): the pair of the tag itself and the thing's `repr`.
 *
 * What `repr` raises is raised.
 */
static PyObject *
tagged(PyObject *module, PyObject *args)
{
    PyObject *tag, *thing;
    if (!PyArg_ParseTuple(args, "OO:tagged", &tag, &thing))
        return NULL;
    PyObject *text = PyObject_Repr(thing);
    if (text == NULL)
        return NULL;
    /* The tag is borrowed, so the pair takes a reference of its own: O. The text
     * is ours, and the pair takes it over: N, which also releases it where the
     * pair cannot be made. O and a Py_DECREF afterwards would do as well. */
    return Py_BuildValue("(ON)", tag, text);
}

/* What makes a module of it; nothing to repair from here on. */

static PyMethodDef methods[] = {
    {"total", total, METH_O, "The sum of a sequence of integers."},
    {"last", last, METH_O, "The last item of a list."},
    {"length_at", length_at, METH_VARARGS, "The length of what a dict has under a key."},
    {"label", label, METH_O, "The name of a thing, between angle brackets."},
    {"each", each, METH_VARARGS, "A list of what a function makes of each item."},
    {"tagged", tagged, METH_VARARGS, "The pair of a tag and a thing's repr."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "new_or_borrowed",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_new_or_borrowed(void)
{
    return PyModuleDef_Init(&module_def);
}
