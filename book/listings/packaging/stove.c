#include <Python.h>

static PyObject *heat(PyObject *self, PyObject *degrees)
{
    (void)self;
    return PyNumber_Add(degrees, degrees);
}

static PyMethodDef functions[] = {
    {"heat", heat, METH_O, "Twice as hot."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stove",
    .m_size = 0,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_stove(void) { return PyModule_Create(&definition); }
