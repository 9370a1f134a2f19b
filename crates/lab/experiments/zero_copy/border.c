/* The border and nothing behind it: the numbers are made ready for C, as they would be for a
   library, and then only the first one is looked at. What is timed is the getting ready. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: copied_or_lent */
/* A list holds pointers to objects, and C wants doubles side by side: each is fetched. */
static PyObject *first_copied(PyObject *module, PyObject *list)
{
    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0) {
        PyErr_SetString(PyExc_TypeError, "a list that is not empty is needed");
        return NULL;
    }
    Py_ssize_t length = PyList_GET_SIZE(list);
    double *numbers = PyMem_New(double, length);
    if (!numbers)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < length; i++) {
        numbers[i] = PyFloat_AsDouble(PyList_GET_ITEM(list, i)); /* borrowed from the list */
        if (numbers[i] == -1 && PyErr_Occurred()) {
            PyMem_Free(numbers);
            return NULL;
        }
    }
    double first = numbers[0];
    PyMem_Free(numbers);
    return PyFloat_FromDouble(first);
}

/* An array lends its memory: an address, a length, and the promise to give it back. */
static PyObject *first_lent(PyObject *module, PyObject *array)
{
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return NULL;
    if (view.itemsize != sizeof(double) || view.len == 0) {
        PyBuffer_Release(&view);
        PyErr_SetString(PyExc_TypeError, "doubles are needed, one at least");
        return NULL;
    }
    double first = *(const double *)view.buf;
    PyBuffer_Release(&view); /* until here the array cannot move or shrink */
    return PyFloat_FromDouble(first);
}
/* ANCHOR_END: copied_or_lent */

static PyMethodDef methods[] = {
    {"first_copied", first_copied, METH_O, NULL},
    {"first_lent", first_lent, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "border",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_border(void)
{
    return PyModule_Create(&definition);
}
