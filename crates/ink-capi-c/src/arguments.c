// What a call hands in: which argument is which, and numbers that fit.
//
// METH_FASTCALL hands over an array: first what was given by place, then what was given by name,
// whose names are in a tuple. No dict and no tuple of arguments is made for the call.
#include "ink_py.h"

// by hand: keywords
static Py_ssize_t place_of(PyObject *keyword, const char *const names[])
{
    for (Py_ssize_t i = 0; names[i] != NULL; i++) {
        if (PyUnicode_CompareWithASCIIString(keyword, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static int by_name(const char *function, const char *const names[], PyObject *const *values,
                   PyObject *kwnames, PyObject *out[])
{
    Py_ssize_t count = kwnames == NULL ? 0 : PyTuple_GET_SIZE(kwnames);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *keyword = PyTuple_GET_ITEM(kwnames, i); // BORROWED
        Py_ssize_t place = place_of(keyword, names);
        if (place < 0) {
            PyErr_Format(PyExc_TypeError, "%s() has no argument named '%U'", function, keyword);
            return -1;
        }
        if (out[place] != NULL) {
            PyErr_Format(PyExc_TypeError, "%s() was given '%U' twice", function, keyword);
            return -1;
        }
        out[place] = values[i];
    }
    return 0;
}

// Puts the arguments into the order of `names`, each of which must be given. What is in `out`
// then is BORROWED from the caller, for the length of the call.
int parse(const char *function, const char *const names[], PyObject *const *args,
          Py_ssize_t nargs, PyObject *kwnames, PyObject *out[])
{
    Py_ssize_t wanted = 0;
    for (; names[wanted] != NULL; wanted++) {
        out[wanted] = wanted < nargs ? args[wanted] : NULL;
    }
    if (nargs > wanted) {
        PyErr_Format(PyExc_TypeError, "%s() takes %zd arguments, not %zd", function, wanted,
                     nargs);
        return -1;
    }
    if (by_name(function, names, args + nargs, kwnames, out) < 0) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < wanted; i++) {
        if (out[i] == NULL) {
            PyErr_Format(PyExc_TypeError, "%s() needs the argument '%s'", function, names[i]);
            return -1;
        }
    }
    return 0;
}
// by hand: end

// by hand: values
// Careful: this may run Python code, the `__index__` of what was handed in, and that code may
// close the very image the call is about. So all arguments are turned into C before a method asks
// whether it may use the image, and nothing runs between that and the use.
static int as_number(PyObject *object, const char *name, uint32_t largest, uint32_t *out)
{
    PyObject *integer = PyNumber_Index(object); // NEW; TypeError for a float or a string
    if (integer == NULL) {
        return -1;
    }
    int overflow;
    long long value = PyLong_AsLongLongAndOverflow(integer, &overflow);
    Py_DECREF(integer);
    if (overflow != 0 || value < 0 || value > largest) {
        PyErr_Format(PyExc_OverflowError, "%s must be from 0 to %u", name, largest);
        return -1;
    }
    *out = (uint32_t)value;
    return 0;
}

int as_u32(PyObject *object, const char *name, uint32_t *out)
{
    return as_number(object, name, UINT32_MAX, out);
}

int as_u8(PyObject *object, const char *name, uint8_t *out)
{
    uint32_t value;
    if (as_number(object, name, UINT8_MAX, &value) < 0) {
        return -1;
    }
    *out = (uint8_t)value;
    return 0;
}
// by hand: end
