#include <Python.h>

/* ANCHOR: a_reference_of_ones_own */
/* The first item, as a new reference: nobody can free it under us. */
static PyObject *first(PyObject *module, PyObject *list) {
    (void)module;
#if PY_VERSION_HEX >= 0x030D0000
    /* Looks and counts in one step, which no other thread can come between. */
    return PyList_GetItemRef(list, 0);
#else
    /* Borrowed first, counted then. Between the two only the GIL stands. */
    PyObject *item = PyList_GetItem(list, 0);
    Py_XINCREF(item);
    return item;
#endif
}
/* ANCHOR_END: a_reference_of_ones_own */

static PyMethodDef functions[] = {
    {"first", first, METH_O, "The first item of a list."},
    {NULL, NULL, 0, NULL},
};

/* ANCHOR: no_gil_needed */
static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    /* A promise, known from Python 3.13 on: this module does not need the GIL. */
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};
/* ANCHOR_END: no_gil_needed */

static struct PyModuleDef shelf = {
    PyModuleDef_HEAD_INIT, "shelf", NULL, 0, functions, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_shelf(void) { return PyModuleDef_Init(&shelf); }
