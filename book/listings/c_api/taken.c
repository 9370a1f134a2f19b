/* Who takes a reference: each call made twice, once so that it works and once so
 * that it fails, and the reference that it was given looked for afterwards. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* What a call says that cannot fail, or cannot work. */
enum { CANNOT = 1 };

/* ANCHOR: fills_a_pair */
static PyObject *
first_and_last(PyObject *module, PyObject *items)
{
    PyObject *pair = PyTuple_New(2);
    if (pair == NULL)
        return NULL;
    for (int i = 0; i < 2; i++) {
        PyObject *item = PySequence_GetItem(items, i == 0 ? 0 : -1); /* new: ours */
        if (item == NULL) {
            Py_DECREF(pair); /* with what is in it: one item, or none */
            return NULL;
        }
        PyTuple_SET_ITEM(pair, i, item); /* the pair's */
    }
    return pair;
}
/* ANCHOR_END: fills_a_pair */

/* ANCHOR: appends_a_number */
static PyObject *
append_length(PyObject *list, PyObject *thing)
{
    Py_ssize_t length = PyObject_Size(thing);
    if (length < 0)
        return NULL;
    PyObject *number = PyLong_FromSsize_t(length); /* ours */
    if (number == NULL)
        return NULL;
    int status = PyList_Append(list, number); /* the list took none */
    Py_DECREF(number);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}
/* ANCHOR_END: appends_a_number */

/* ANCHOR: takes_it_to_the_end */
static int
list_set_item(PyObject *thing, int works)
{
    PyObject *list = PyList_New(1);
    if (list == NULL)
        return -1;
    int status = PyList_SetItem(list, works ? 0 : 7, thing);
    Py_DECREF(list);
    return status;
}
/* ANCHOR_END: takes_it_to_the_end */

static int
tuple_set_item(PyObject *thing, int works)
{
    PyObject *tuple = PyTuple_New(1);
    if (tuple == NULL)
        return -1;
    int status = PyTuple_SetItem(tuple, works ? 0 : 7, thing);
    Py_DECREF(tuple);
    return status;
}

/* ANCHOR: shared_tuple */
static int
tuple_set_item_shared(PyObject *thing, int works)
{
    if (works)
        return CANNOT;
    PyObject *tuple = PyTuple_New(1);
    if (tuple == NULL)
        return -1;
    PyObject *other = Py_NewRef(tuple); /* somebody else has it, too */
    int status = PyTuple_SetItem(tuple, 0, thing);
    Py_DECREF(other);
    Py_DECREF(tuple);
    return status;
}
/* ANCHOR_END: shared_tuple */

static int
tuple_set_item_macro(PyObject *thing, int works)
{
    if (!works)
        return CANNOT;
    PyObject *tuple = PyTuple_New(1);
    if (tuple == NULL)
        return -1;
    PyTuple_SET_ITEM(tuple, 0, thing);
    Py_DECREF(tuple);
    return 0;
}

static int
struct_sequence_set_item(PyObject *thing, int works)
{
    static PyStructSequence_Field fields[] = {{"format", NULL}, {NULL, NULL}};
    static PyStructSequence_Desc sheet = {"taken.sheet", NULL, fields, 1};
    if (!works)
        return CANNOT;
    PyTypeObject *type = PyStructSequence_NewType(&sheet);
    PyObject *made = type ? PyStructSequence_New(type) : NULL;
    if (made != NULL)
        PyStructSequence_SetItem(made, 0, thing);
    Py_XDECREF(made);
    Py_XDECREF(type);
    return made == NULL ? -1 : 0;
}

static int
build_value(const char *format, PyObject *thing, int works)
{
    /* A list is no key, so the dict cannot be made. */
    PyObject *key = works ? PyUnicode_FromString("key") : PyList_New(0);
    if (key == NULL)
        return -1;
    PyObject *made = Py_BuildValue(format, key, thing);
    Py_DECREF(key);
    Py_XDECREF(made);
    return made == NULL ? -1 : 0;
}

static int
build_n(PyObject *thing, int works)
{
    return build_value("{O:N}", thing, works);
}

static int
build_o(PyObject *thing, int works)
{
    return build_value("{O:O}", thing, works);
}

static int
list_append(PyObject *thing, int works)
{
    PyObject *list = works ? PyList_New(0) : PyTuple_New(1);
    if (list == NULL)
        return -1;
    int status = PyList_Append(list, thing);
    Py_DECREF(list);
    return status;
}

static int
sequence_set_item(PyObject *thing, int works)
{
    PyObject *list = Py_BuildValue("[i]", 1);
    if (list == NULL)
        return -1;
    int status = PySequence_SetItem(list, works ? 0 : 7, thing);
    Py_DECREF(list);
    return status;
}

static int
dict_set_item(PyObject *thing, int works)
{
    PyObject *dict = PyDict_New(), *key = works ? PyUnicode_FromString("key") : PyList_New(0);
    int status = dict && key ? PyDict_SetItem(dict, key, thing) : -1;
    Py_XDECREF(key);
    Py_XDECREF(dict);
    return status;
}

static int
dict_set_default(PyObject *thing, int works)
{
    PyObject *dict = PyDict_New(), *key = works ? PyUnicode_FromString("key") : PyList_New(0);
    PyObject *there = dict && key ? PyDict_SetDefault(dict, key, thing) : NULL; /* the dict's */
    int status = there == NULL ? -1 : 0;
    Py_XDECREF(key);
    Py_XDECREF(dict);
    return status;
}

static int
module_add(int (*add)(PyObject *, const char *, PyObject *), PyObject *thing, int works)
{
    PyObject *module = PyModule_New("shelf");
    if (module == NULL)
        return -1;
    int status = add(module, works ? "name" : "\xff", thing); /* no name is no UTF-8 */
    Py_DECREF(module);
    return status;
}

static int
module_add_object(PyObject *thing, int works)
{
    return module_add(PyModule_AddObject, thing, works);
}

static int
module_add_object_ref(PyObject *thing, int works)
{
    return module_add(PyModule_AddObjectRef, thing, works);
}

static const struct {
    const char *name;
    int (*call)(PyObject *thing, int works);
} calls[] = {
    {"PyTuple_SET_ITEM", tuple_set_item_macro},
    {"PyStructSequence_SetItem", struct_sequence_set_item},
    {"PyList_SetItem", list_set_item},
    {"PyTuple_SetItem", tuple_set_item},
    {"  when it is shared", tuple_set_item_shared},
    {"Py_BuildValue, N", build_n},
    {"PyModule_AddObject", module_add_object},
    {"PyModule_AddObjectRef", module_add_object_ref},
    {"PyDict_SetItem", dict_set_item},
    {"PyDict_SetDefault", dict_set_default},
    {"PyList_Append", list_append},
    {"PySequence_SetItem", sequence_set_item},
    {"Py_BuildValue, O", build_o},
    {NULL, NULL},
};

/* ANCHOR: is_it_taken */
static const char *
fate(int (*call)(PyObject *thing, int works), int works)
{
    PyObject *thing = PyList_New(0); /* ours */
    if (thing == NULL)
        return "no memory";
    Py_INCREF(thing); /* ours too, to look with */
    Py_ssize_t before = Py_REFCNT(thing);
    int status = call(thing, works);
    PyErr_Clear();
    Py_ssize_t lost = before - Py_REFCNT(thing);
    for (Py_ssize_t left = 2 - lost; left > 0; left--)
        Py_DECREF(thing);
    if (status == CANNOT)
        return "cannot";
    if ((status == 0) != works)
        return "not what was asked for";
    return lost ? "taken" : "left";
}
/* ANCHOR_END: is_it_taken */

static PyObject *
fates(PyObject *module, PyObject *nothing)
{
    PyObject *rows = PyList_New(0);
    for (int i = 0; rows != NULL && calls[i].name != NULL; i++) {
        PyObject *row = Py_BuildValue("(sss)", calls[i].name, fate(calls[i].call, 1), fate(calls[i].call, 0));
        if (row == NULL || PyList_Append(rows, row) < 0)
            Py_CLEAR(rows);
        Py_XDECREF(row);
    }
    return rows;
}

static PyObject *
append_length_to(PyObject *module, PyObject *args)
{
    PyObject *list, *thing;
    if (!PyArg_ParseTuple(args, "OO:append_length", &list, &thing))
        return NULL;
    return append_length(list, thing);
}

static PyMethodDef methods[] = {
    {"first_and_last", first_and_last, METH_O, "The pair of the first item and the last."},
    {"append_length", append_length_to, METH_VARARGS, "Appends a thing's length to a list."},
    {"fates", fates, METH_NOARGS, "What becomes of the reference, for each call."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "taken",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_taken(void)
{
    return PyModuleDef_Init(&module_def);
}
