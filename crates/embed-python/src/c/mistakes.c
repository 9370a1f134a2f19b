/*
 * The error indicator, and what comes of leaving it set. Each function is called with the GIL.
 */
#include "host.h"

/* ANCHOR: left_in_place */
/* Wrong on purpose: it sets the error indicator, and returns a result as if nothing were. */
PyObject *forget_an_error(PyObject *self, PyObject *args) {
    PyErr_SetString(PyExc_ValueError, "forgotten");
    return PyLong_FromLong(62);
}

/* Wrong on purpose: it calls Python while an error is pending. */
PyObject *call_with_an_error_set(PyObject *self, PyObject *callback) {
    PyErr_SetString(PyExc_ValueError, "left over");
    return PyObject_CallNoArgs(callback);
}
/* ANCHOR_END: left_in_place */

/* ANCHOR: taken_first */
/* Right: the pending error is taken first, which clears the indicator, and is an object then. */
PyObject *take_the_error_first(PyObject *self, PyObject *callback) {
    PyErr_SetString(PyExc_ValueError, "left over");
    PyObject *taken = take_exception();
    PyObject *result = PyObject_CallNoArgs(callback);
    PyObject *text = NULL;
    if (result != NULL) {
        text = PyUnicode_FromFormat("%S, and in hand: %s: %S", result,
                                    Py_TYPE(taken)->tp_name, taken);
    }
    Py_XDECREF(result);
    Py_DECREF(taken);
    return text;
}
/* ANCHOR_END: taken_first */
