/* The same loop in C, and a function that adds two numbers. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *roughness(PyObject *module, PyObject *array)
{
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_C_CONTIGUOUS) < 0)
        return NULL;
    const double *numbers = view.buf;
    double total = 0, before = 0;
    for (Py_ssize_t i = 0; i < view.len / (Py_ssize_t)sizeof(double); i++) {
        double step = numbers[i] - before;
        total += step * step;
        before = numbers[i];
    }
    PyBuffer_Release(&view);
    return PyFloat_FromDouble(total);
}

static PyObject *add(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    if (n != 2) {
        PyErr_SetString(PyExc_TypeError, "two integers are needed");
        return NULL;
    }
    long a = PyLong_AsLong(args[0]);
    if (a == -1 && PyErr_Occurred())
        return NULL;
    long b = PyLong_AsLong(args[1]);
    if (b == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(a + b);
}

static PyMethodDef methods[] = {
    {"roughness", roughness, METH_O, NULL},
    {"add", (PyCFunction)(void (*)(void))add, METH_FASTCALL, NULL},
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
