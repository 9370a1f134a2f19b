/* The two loops in C, bound by hand: what the typed Cython is compared with. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *dot(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    Py_buffer a, b;
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "two arrays are needed");
        return NULL;
    }
    /* The view keeps its owner alive and its memory in place until it is released. */
    if (PyObject_GetBuffer(args[0], &a, PyBUF_C_CONTIGUOUS) < 0)
        return NULL;
    if (PyObject_GetBuffer(args[1], &b, PyBUF_C_CONTIGUOUS) < 0) {
        PyBuffer_Release(&a);
        return NULL;
    }
    const double *left = a.buf, *right = b.buf;
    double total = 0;
    if (a.len == b.len)
        for (Py_ssize_t i = 0; i < a.len / (Py_ssize_t)sizeof(double); i++)
            total += left[i] * right[i];
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return PyFloat_FromDouble(total);
}

static PyObject *primes(PyObject *module, PyObject *argument)
{
    Py_ssize_t n = PyLong_AsSsize_t(argument);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 2)
        return PyLong_FromLong(0);
    char *composite = PyMem_Calloc((size_t)n, 1);
    if (!composite)
        return PyErr_NoMemory();
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 2; i < n; i++) {
        if (composite[i])
            continue;
        found++;
        for (Py_ssize_t k = i * i; k < n; k += i)
            composite[k] = 1;
    }
    PyMem_Free(composite);
    return PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"dot", (PyCFunction)(void (*)(void))dot, METH_FASTCALL, NULL},
    {"primes", primes, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "native",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_native(void)
{
    return PyModule_Create(&definition);
}
