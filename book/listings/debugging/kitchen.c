/* Work that takes a while, for the C API and for ctypes. The GIL is held. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ANCHOR: work_and_two_doors */
static double
stir(double soup, long rounds)
{
    for (long i = 0; i < rounds; i++)
        soup = soup * 0.999 + 1.0;
    return soup;
}

/* For ctypes. */
double
cook_soup(long rounds)
{
    return stir(0.0, rounds);
}

/* For the C API. */
static PyObject *
cook(PyObject *module, PyObject *rounds)
{
    long count = PyLong_AsLong(rounds);
    if (count == -1 && PyErr_Occurred())
        return NULL;
    return PyFloat_FromDouble(cook_soup(count));
}
/* ANCHOR_END: work_and_two_doors */

static PyMethodDef methods[] = {
    {"cook", cook, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "kitchen", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_kitchen(void)
{
    return PyModuleDef_Init(&module_def);
}
