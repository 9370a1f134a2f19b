/* The same posting, one by one, through the C API: what a call costs without ctypes. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>

#include "account.h"

static struct account account;

static PyObject *post(PyObject *module, PyObject *number)
{
    double amount = PyFloat_AsDouble(number);
    if (amount == -1 && PyErr_Occurred())
        return NULL;
    double balance = account_post(&account, amount);
    if (isnan(balance)) {
        PyErr_SetString(PyExc_ValueError, "refused");
        return NULL;
    }
    return PyFloat_FromDouble(balance);
}

static PyMethodDef methods[] = {
    {"post", post, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "account_ext",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_account_ext(void)
{
    return PyModule_Create(&definition);
}
