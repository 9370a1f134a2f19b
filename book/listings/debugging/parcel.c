/* What a parcel costs. It trusts `find` to find one. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: trusts_find */
struct parcel {
    long grams;
};

static const struct parcel *
find(const char *label)
{
    static const struct parcel books = {250};
    return strcmp(label, "books") == 0 ? &books : NULL;
}

static long
postage(const char *label)
{
    const struct parcel *found = find(label);
    return found->grams / 50;
}

static PyObject *
price(PyObject *module, PyObject *label)
{
    const char *text = PyUnicode_AsUTF8(label); /* borrowed from the str */
    if (text == NULL)
        return NULL;
    return PyLong_FromLong(postage(text));
}
/* ANCHOR_END: trusts_find */

static PyMethodDef methods[] = {
    {"price", price, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "parcel", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_parcel(void)
{
    return PyModuleDef_Init(&module_def);
}
