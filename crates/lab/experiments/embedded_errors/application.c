/* Plays the C application, as an extension module, so that it can be watched from Python:
 * each function here is C code that wants something from a Python function. */
#define PY_SSIZE_T_CLEAN
#include "border.h"

#include <string.h>

/* Does not look at what the call returned, and does something else instead. */
static PyObject *look_away(PyObject *self, PyObject *price)
{
    PyObject_CallFunction(price, "l", 3L);
    return PyLong_FromLong(0);
}

/* Uses what the call returned, which is NULL. */
static PyObject *use_null(PyObject *self, PyObject *price)
{
    PyObject *answer = PyObject_CallFunction(price, "l", 3L);
    long bottles = PyLong_AsLong(answer);
    return PyErr_Occurred() ? NULL : PyLong_FromLong(bottles);
}

/* Gives back a reference to NULL. */
static PyObject *release_null(PyObject *self, PyObject *price)
{
    PyObject *answer = PyObject_CallFunction(price, "l", 3L);
    Py_DECREF(answer);
    return PyLong_FromLong(0);
}

/* Calls one function without looking, then another one, and looks at that. */
static PyObject *call_on(PyObject *self, PyObject *both)
{
    PyObject_CallFunction(PyTuple_GET_ITEM(both, 0), "l", 3L);
    return PyObject_CallNoArgs(PyTuple_GET_ITEM(both, 1));
}

/* Prints and goes on. */
static PyObject *print_it(PyObject *self, PyObject *price)
{
    PyObject *answer = PyObject_CallFunction(price, "l", 3L);
    if (answer == NULL)
        PyErr_Print();
    Py_XDECREF(answer);
    return PyUnicode_FromString("C goes on");
}

/* What an error looks like to C: code, class, message, line, and whether anything is left. */
static PyObject *through_border(PyObject *self, PyObject *price)
{
    struct border_error error = {0};
    long result = 0;
    if (border_call(price, 3, &result, &error) == BORDER_OK)
        return Py_BuildValue("il", BORDER_OK, result);
    int pending = PyErr_Occurred() != NULL;
    PyErr_Clear();
    border_forget(&error);
    PyObject *message = PyUnicode_DecodeUTF8(error.message, strlen(error.message), "replace");
    if (message == NULL)
        return NULL;
    return Py_BuildValue("isNli", error.code, error.kind, message, error.line, pending);
}

/* Python calls C, C calls Python, Python raises: and the error goes all the way back. */
static PyObject *there_and_back(PyObject *self, PyObject *price)
{
    struct border_error error = {0};
    long result = 0;
    if (border_call(price, 3, &result, &error) == BORDER_OK)
        return PyLong_FromLong(result);
    border_raise(&error);
    return NULL;
}

/* An error that begins in C. */
static PyObject *from_c(PyObject *self, PyObject *code)
{
    struct border_error error = {.code = (enum border_code)PyLong_AsLong(code)};
    snprintf(error.message, sizeof error.message, "the shop is closed");
    border_raise(&error);
    return NULL;
}

/* Calls a function that returns a price, or {"error": text}. Looking costs these lines. */
static PyObject *look_for_a_dict(PyObject *self, PyObject *price)
{
    PyObject *answer = PyObject_CallFunction(price, "l", 3L);
    if (answer == NULL)
        return PyErr_Clear(), PyUnicode_FromString("an exception all the same");
    PyObject *text = PyDict_Check(answer) ? PyDict_GetItemString(answer, "error") : NULL;
    PyObject *seen = text == NULL ? PyUnicode_FromString("a price")
                                  : PyUnicode_FromFormat("error: %S", text);
    Py_DECREF(answer);
    return seen;
}

/* Calls it so many times. */
static PyObject *call_many(PyObject *self, PyObject *arguments)
{
    PyObject *price;
    long times, result = 0;
    if (!PyArg_ParseTuple(arguments, "Ol", &price, &times))
        return NULL;
    struct border_error error = {0};
    for (long i = 0; i < times; i++)
        if (border_call(price, i, &result, &error) != BORDER_OK)
            return border_raise(&error), NULL;
    return PyLong_FromLong(result);
}

static PyMethodDef methods[] = {
    {"look_away", look_away, METH_O, NULL},
    {"use_null", use_null, METH_O, NULL},
    {"release_null", release_null, METH_O, NULL},
    {"call_on", call_on, METH_VARARGS, NULL},
    {"print_it", print_it, METH_O, NULL},
    {"through_border", through_border, METH_O, NULL},
    {"there_and_back", there_and_back, METH_O, NULL},
    {"from_c", from_c, METH_O, NULL},
    {"look_for_a_dict", look_for_a_dict, METH_O, NULL},
    {"call_many", call_many, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "application", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_application(void)
{
    return PyModuleDef_Init(&definition);
}
