/* CMake defines Py_LIMITED_API; what is not in the limited API is then not declared. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *turned(PyObject *module, PyObject *page)
{
    long number = PyLong_AsLong(page);
    if (number == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(number + 1);
}

static PyMethodDef methods[] = {
    {"turned", turned, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pages_stable",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_pages_stable(void)
{
    return PyModule_Create(&definition);
}
