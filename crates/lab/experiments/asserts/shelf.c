/* Three ways to look up a book by its number, and what each does with a number that is
   too large. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <assert.h>

#ifndef MODULE
#define MODULE shelf
#endif

/* Behind the books, so that a wrong number meets something and not a crash. */
static const struct {
    long pages[3];
    long price_of_shelf;
} shelf = {{512, 249, 367}, 8999};

static long look_up(long n)
{
    const volatile long *pages = shelf.pages; /* so that the compiler proves nothing */
    return pages[n];
}

/* ANCHOR: trusts_asserts_checks */
static PyObject *trusting(PyObject *module, PyObject *number)
{
    long n = PyLong_AsLong(number);
    return PyLong_FromLong(look_up(n));
}

static PyObject *asserting(PyObject *module, PyObject *number)
{
    long n = PyLong_AsLong(number);
    assert(n >= 0 && n < 3);
    return PyLong_FromLong(look_up(n));
}

static PyObject *checking(PyObject *module, PyObject *number)
{
    long n = PyLong_AsLong(number);
    if (n == -1 && PyErr_Occurred())
        return NULL; /* no integer, or one that is too long for C */
    if (n < 0 || n >= 3)
        return PyErr_Format(PyExc_IndexError, "there is no book %ld", n);
    return PyLong_FromLong(look_up(n));
}
/* ANCHOR_END: trusts_asserts_checks */

static PyMethodDef methods[] = {
    {"trusting", trusting, METH_O, NULL},
    {"asserting", asserting, METH_O, NULL},
    {"checking", checking, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shelf",
    .m_methods = methods,
};

/* The source is compiled under three names: `PyInit_shelf` and two more. */
#define JOIN(a, b) a##b
#define INIT(name) JOIN(PyInit_, name)

PyMODINIT_FUNC INIT(MODULE)(void)
{
    return PyModule_Create(&definition);
}
