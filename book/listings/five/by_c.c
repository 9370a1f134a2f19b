/* with: quire.c */
/* quire, bound by hand in C. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "quire.h"

/* ANCHOR: c_a_number */
/* What a Python integer is in C: 0, or -1 and an exception. */
static int
as_int32(PyObject *number, int32_t *value)
{
    long wide = PyLong_AsLong(number);
    if (wide == -1 && PyErr_Occurred())
        return -1;
    if (wide < INT32_MIN || wide > INT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "the number does not fit 32 bits");
        return -1;
    }
    *value = (int32_t)wide;
    return 0;
}
/* ANCHOR_END: c_a_number */

/* ANCHOR: c_a_call */
static PyObject *
sheets(PyObject *module, PyObject *given)
{
    int32_t pages;
    if (as_int32(given, &pages) < 0)
        return NULL;
    return PyLong_FromLong(quire_sheets(pages));
}
/* ANCHOR_END: c_a_call */

/* ANCHOR: c_a_string */
static PyObject *
spine(PyObject *module, PyObject *given)
{
    Py_ssize_t size;
    const char *title = PyUnicode_AsUTF8AndSize(given, &size); /* belongs to `given` */
    if (title == NULL)
        return NULL;
    if (strlen(title) != (size_t)size) {
        PyErr_SetString(PyExc_ValueError, "a title holds no NUL character");
        return NULL;
    }
    char *text = quire_spine(title); /* ours */
    if (text == NULL)
        return PyErr_NoMemory();
    PyObject *copy = PyUnicode_FromString(text);
    quire_text_free(text);
    return copy;
}
/* ANCHOR_END: c_a_string */

/* ANCHOR: c_a_struct_with_an_owner */
typedef struct {
    PyObject_HEAD
    quire_block *block; /* ours: NULL, or one that nobody else frees */
} Block;

static PyObject *
block_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"at_most", NULL};
    int at_most;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i:Block", names, &at_most))
        return NULL;
    PyObject *self = type->tp_alloc(type, 0); /* zeros behind the head */
    if (self == NULL)
        return NULL;
    Block *this = (Block *)self;
    this->block = quire_block_new(at_most);
    if (this->block == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return self;
}

static void
block_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    quire_block_free(((Block *)self)->block);
    type->tp_free(self);
    Py_DECREF(type); /* each object holds a reference to its type */
}

static PyObject *
block_sheets(PyObject *self, void *closure)
{
    return PyLong_FromLong(quire_block_sheets(((Block *)self)->block));
}

static PyObject *
blocks_alive(PyObject *module, PyObject *nothing)
{
    return PyLong_FromLong(quire_blocks_alive());
}
/* ANCHOR_END: c_a_struct_with_an_owner */

/* ANCHOR: c_an_error */
static PyObject *
block_sew(PyObject *self, PyObject *given)
{
    int32_t sheets;
    if (as_int32(given, &sheets) < 0)
        return NULL;
    int32_t code = quire_block_sew(((Block *)self)->block, sheets);
    if (code < 0) {
        PyErr_SetString(PyExc_ValueError, quire_error(code));
        return NULL;
    }
    Py_RETURN_NONE;
}
/* ANCHOR_END: c_an_error */

/* ANCHOR: c_a_type */
static PyMethodDef block_methods[] = {
    {"sew", block_sew, METH_O, "Sews more sheets to it."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef block_properties[] = {
    {"sheets", block_sheets, NULL, "How many it has.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot block_slots[] = {
    {Py_tp_doc, "The block of a book."},
    {Py_tp_new, block_new},
    {Py_tp_dealloc, block_dealloc},
    {Py_tp_methods, block_methods},
    {Py_tp_getset, block_properties},
    {0, NULL},
};

static PyType_Spec block_spec = {
    .name = "by_c.Block",
    .basicsize = sizeof(Block),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = block_slots,
};
/* ANCHOR_END: c_a_type */

/* ANCHOR: c_a_long_computation */
static PyObject *
foldings(PyObject *module, PyObject *given)
{
    int32_t leaves;
    if (as_int32(given, &leaves) < 0)
        return NULL;
    uint64_t ways;
    Py_BEGIN_ALLOW_THREADS
    ways = quire_foldings(leaves); /* nothing of Python's may be touched here */
    Py_END_ALLOW_THREADS
    return PyLong_FromUnsignedLongLong(ways);
}
/* ANCHOR_END: c_a_long_computation */

/* ANCHOR: c_the_module */
static PyMethodDef functions[] = {
    {"sheets", sheets, METH_O, "How many sheets so many pages need."},
    {"spine", spine, METH_O, "What goes on the spine."},
    {"blocks_alive", blocks_alive, METH_NOARGS, "How many blocks were made and not freed."},
    {"foldings", foldings, METH_O, "In how many ways so many leaves can be folded."},
    {NULL, NULL, 0, NULL},
};

static int
fill(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&block_spec);
    if (type == NULL)
        return -1;
    int status = PyModule_AddObjectRef(module, "Block", type);
    Py_DECREF(type);
    return status;
}

static PyModuleDef_Slot steps[] = {
    {Py_mod_exec, fill},
    {0, NULL},
};

static struct PyModuleDef by_c = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "by_c",
    .m_methods = functions,
    .m_slots = steps,
};

PyMODINIT_FUNC
PyInit_by_c(void)
{
    return PyModuleDef_Init(&by_c);
}
/* ANCHOR_END: c_the_module */
