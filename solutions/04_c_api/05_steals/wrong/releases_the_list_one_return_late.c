// wrong: `filed` releases its own list behind the `return` for what is no list
// caught-by: filed_releases_its_own_list
// says: `file_where_no_list_is` leaked Python objects on every call
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
    for (Py_ssize_t i = 0; i < count; i++)
        PyTuple_SET_ITEM(copy, i, Py_NewRef(PyTuple_GET_ITEM(items, i)));
    if (PyTuple_SetItem(copy, at, Py_NewRef(thing)) < 0) {
        Py_DECREF(copy);
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
    PyObject *drawer = PyDict_SetDefault(table, key, fresh);
    if (drawer == NULL) {
        Py_DECREF(fresh);
        return NULL;
    }
    if (!PyList_Check(drawer)) {
        PyErr_SetString(PyExc_TypeError, "there is no list under this key");
        return NULL;
    }
    Py_DECREF(fresh);
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
