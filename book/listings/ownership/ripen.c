/* A module whose functions other modules call without going through Python. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

#include "ripen.h"

/* ANCHOR: offers_its_table */
static double
sweetness(int days)
{
    return days < 8 ? days * 1.5 : 12.0;
}

static RipenAPI api = {1, sweetness}; /* static: it outlives every capsule */

static int
ripen_exec(PyObject *module)
{
    PyObject *capsule = PyCapsule_New(&api, RIPEN_CAPSULE, NULL);
    if (capsule == NULL)
        return -1;
    int failed = PyModule_AddObjectRef(module, "_C_API", capsule);
    Py_DECREF(capsule);
    return failed;
}
/* ANCHOR_END: offers_its_table */

/* ANCHOR: destroyed_once */
static int destroyed = 0;

static void
end_of_a_jar(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, "ripen.jar"));
    destroyed++;
}

static PyObject *
jar(PyObject *module, PyObject *ignored)
{
    int *days = calloc(1, sizeof *days);
    if (days == NULL)
        return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(days, "ripen.jar", end_of_a_jar);
    if (capsule == NULL)
        free(days); /* no capsule, so nobody else will */
    return capsule;
}

static PyObject *
age(PyObject *module, PyObject *capsule)
{
    int *days = PyCapsule_GetPointer(capsule, "ripen.jar"); /* borrowed from the capsule */
    if (days == NULL)
        return NULL; /* it was no capsule, or one of another name */
    return PyLong_FromLong(++*days);
}
/* ANCHOR_END: destroyed_once */

static PyObject *
jars_destroyed(PyObject *module, PyObject *ignored)
{
    return PyLong_FromLong(destroyed);
}

static PyMethodDef methods[] = {
    {"jar", jar, METH_NOARGS, ""},
    {"age", age, METH_O, ""},
    {"jars_destroyed", jars_destroyed, METH_NOARGS, ""},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, ripen_exec}, {0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "ripen", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC
PyInit_ripen(void)
{
    return PyModuleDef_Init(&module_def);
}
