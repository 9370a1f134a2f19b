/* Six functions, and which call takes a reference in them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* put(items, at, thing): puts a thing into a list, in the place of item `at`.
 *
 * IndexError where there is no such item; nothing is counted from the end.
 */
static PyObject *
put(PyObject *module, PyObject *args)
{
    PyObject *items, *thing;
    Py_ssize_t at;
    if (!PyArg_ParseTuple(args, "O!nO:put", &PyList_Type, &items, &at, &thing))
        return NULL;
    /* The thing is borrowed and will be taken, so there has to be one to take.
     * It is gone when this fails, too. PySequence_SetItem takes nothing and
     * would do without Py_NewRef, but it counts from the end for a negative
     * `at`. PyList_SET_ITEM would leak the item that was there. */
    if (PyList_SetItem(items, at, Py_NewRef(thing)) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* replaced(items, at, thing): a new tuple like another, with a thing for item `at`.
 *
 * IndexError where there is no such item; nothing is counted from the end.
 */
static PyObject *
replaced(PyObject *module, PyObject *args)
{
    PyObject *items, *thing;
    Py_ssize_t at;
    if (!PyArg_ParseTuple(args, "O!nO:replaced", &PyTuple_Type, &items, &at, &thing))
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(items);
    if (count == 0) { /* there is but one empty tuple, which nobody may fill */
        PyErr_SetString(PyExc_IndexError, "the tuple is empty");
        return NULL;
    }
    PyObject *copy = PyTuple_New(count);
    if (copy == NULL)
        return NULL;
    /* The copy will release what is in it, so it gets references of its own.
     * PyTuple_GetSlice over all of it gives the same tuple again, and a tuple
     * that somebody else has may not be changed. */
    for (Py_ssize_t i = 0; i < count; i++)
        PyTuple_SET_ITEM(copy, i, Py_NewRef(PyTuple_GET_ITEM(items, i)));
    if (PyTuple_SetItem(copy, at, Py_NewRef(thing)) < 0) {
        Py_DECREF(copy); /* and with it, what is in it */
        return NULL;
    }
    return copy;
}

/* keyed(function, items): a dict of a tuple's items, each under what the function
 * makes of it. A later item takes the place of an earlier one with an equal key.
 *
 * What the function raises is raised; TypeError where it makes what cannot be hashed.
 */
static PyObject *
keyed(PyObject *module, PyObject *args)
{
    PyObject *function, *items;
    if (!PyArg_ParseTuple(args, "OO!:keyed", &function, &PyTuple_Type, &items))
        return NULL;
    PyObject *table = PyDict_New();
    if (table == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items); i++) {
        PyObject *item = PyTuple_GET_ITEM(items, i);
        PyObject *key = PyObject_CallOneArg(function, item);
        if (key == NULL) {
            Py_DECREF(table);
            return NULL;
        }
        /* The dict takes nothing: not the item, which is borrowed and stays so,
         * and not the key, which is ours whether it was stored or not. */
        int status = PyDict_SetItem(table, key, item);
        Py_DECREF(key);
        if (status < 0) {
            Py_DECREF(table);
            return NULL;
        }
    }
    return table;
}

/* filed(table, key, thing): appends a thing to the list that a dict has under a
 * key; where it has nothing there, to a new one.
 *
 * TypeError where it has something else there, or where the key cannot be hashed.
 */
static PyObject *
filed(PyObject *module, PyObject *args)
{
    PyObject *table, *key, *thing;
    if (!PyArg_ParseTuple(args, "O!OO:filed", &PyDict_Type, &table, &key, &thing))
        return NULL;
    PyObject *fresh = PyList_New(0);
    if (fresh == NULL)
        return NULL;
    /* Borrowed from the dict, be it `fresh` or what was there before. The dict
     * has taken nothing, so `fresh` is ours, and no longer needed: if it is in
     * the dict, the dict has a reference of its own. Python 3.13 has
     * PyDict_SetDefaultRef, which hands out a new one. */
    PyObject *drawer = PyDict_SetDefault(table, key, fresh);
    Py_DECREF(fresh);
    if (drawer == NULL)
        return NULL;
    if (!PyList_Check(drawer)) {
        PyErr_SetString(PyExc_TypeError, "there is no list under this key");
        return NULL;
    }
    if (PyList_Append(drawer, thing) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* entry(key, thing): a dict with the thing's `repr` under the key.
 *
 * What `repr` raises is raised; TypeError where the key cannot be hashed.
 */
static PyObject *
entry(PyObject *module, PyObject *args)
{
    PyObject *key, *thing;
    if (!PyArg_ParseTuple(args, "OO:entry", &key, &thing))
        return NULL;
    PyObject *text = PyObject_Repr(thing);
    if (text == NULL)
        return NULL;
    /* N takes the text on either way out. With an O and a release after the call
     * it would be as right, and longer. */
    return Py_BuildValue("{O:N}", key, text);
}

/* publish(name, thing): gives the module an attribute. The name is bytes.
 *
 * UnicodeDecodeError where the name is no UTF-8.
 */
static PyObject *
publish(PyObject *module, PyObject *args)
{
    const char *name;
    PyObject *thing;
    if (!PyArg_ParseTuple(args, "yO:publish", &name, &thing))
        return NULL;
    /* Takes nothing. PyModule_AddObject takes the reference if it works, and
     * leaves it if it does not: that needs a Py_INCREF before, and a Py_DECREF
     * on one of the two ways out. */
    if (PyModule_AddObjectRef(module, name, thing) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* What makes a module of it; nothing to repair from here on. */

static PyMethodDef methods[] = {
    {"put", put, METH_VARARGS, "Puts a thing into a list."},
    {"replaced", replaced, METH_VARARGS, "A tuple with one item replaced."},
    {"keyed", keyed, METH_VARARGS, "A dict of items, under what a function makes of them."},
    {"filed", filed, METH_VARARGS, "Appends a thing to a list in a dict."},
    {"entry", entry, METH_VARARGS, "A dict with a thing's repr under a key."},
    {"publish", publish, METH_VARARGS, "Gives the module an attribute."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "steals",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_steals(void)
{
    return PyModuleDef_Init(&module_def);
}
