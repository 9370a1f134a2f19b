/* Four mistakes, one to a function, each of a kind that C does not report. They are made
   on purpose: the question is who notices. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdlib.h>
#include <string.h>

#ifndef MODULE
#define MODULE frail
#endif

/* ANCHOR: four_mistakes */
static const char *title(long n)
{
    static const char *const titles[] = {"Emma", "Persuasion"};
    return n >= 0 && n < 2 ? titles[n] : NULL;
}

/* Nobody asks whether there is such a title. */
static PyObject *letters(PyObject *module, PyObject *n)
{
    size_t length = strlen(title(PyLong_AsLong(n))); /* mistake: no title */
    return PyLong_FromSize_t(length);
}

/* A C string ends with a zero, and there is no room for it here. */
static PyObject *copied(PyObject *module, PyObject *text)
{
    Py_ssize_t length;
    const char *from = PyUnicode_AsUTF8AndSize(text, &length); /* borrowed from the str */
    if (!from)
        return NULL;
    char *copy = malloc((size_t)length);
    memcpy(copy, from, (size_t)length + 1); /* mistake: no room */
    PyObject *result = PyUnicode_FromStringAndSize(copy, length);
    free(copy);
    return result;
}

/* The same mistake in memory that Python's allocator gave. */
static PyObject *copied_by_python(PyObject *module, PyObject *text)
{
    Py_ssize_t length;
    const char *from = PyUnicode_AsUTF8AndSize(text, &length);
    if (!from)
        return NULL;
    char *copy = PyMem_Malloc((size_t)length);
    memcpy(copy, from, (size_t)length + 1);
    PyObject *result = PyUnicode_FromStringAndSize(copy, length);
    PyMem_Free(copy);
    return result;
}

/* An `int` that is too large is undefined, and no error. */
static PyObject *next(PyObject *module, PyObject *n)
{
    int page = (int)PyLong_AsLong(n);
    int after = page + 1; /* mistake: too large */
    return PyLong_FromLong(after);
}
/* ANCHOR_END: four_mistakes */

/* No mistake: some work that touches memory, to see what it costs to be watched. */
static PyObject *shuffled(PyObject *module, PyObject *rounds)
{
    static unsigned cards[1024];
    unsigned long left = PyLong_AsUnsignedLong(rounds);
    for (unsigned seed = 1; left > 0; left--) {
        seed = seed * 1664525u + 1013904223u;
        unsigned *one = &cards[seed >> 22], *other = &cards[(seed >> 12) & 1023];
        unsigned card = *one;
        *one = *other + 1;
        *other = card;
    }
    return PyLong_FromUnsignedLong(cards[0]);
}

static PyMethodDef methods[] = {
    {"letters", letters, METH_O, NULL},
    {"copied", copied, METH_O, NULL},
    {"copied_by_python", copied_by_python, METH_O, NULL},
    {"next", next, METH_O, NULL},
    {"shuffled", shuffled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "frail",
    .m_methods = methods,
};

/* The same source is compiled under several names: `PyInit_frail`, `PyInit_frail_asan`. */
#define JOIN(a, b) a##b
#define INIT(name) JOIN(PyInit_, name)

PyMODINIT_FUNC INIT(MODULE)(void)
{
    return PyModule_Create(&definition);
}
