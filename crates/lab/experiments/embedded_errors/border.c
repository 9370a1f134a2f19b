#include "border.h"

#include <string.h>

/* ANCHOR: the_classes */
/* The most special class first: a FileNotFoundError is an OSError as well. On the way back
 * the first class of a code is the one that is raised. */
static enum border_code code_of(PyObject *exception)
{
    const struct {
        PyObject *kind;
        enum border_code code;
    } table[] = {
        {PyExc_LookupError, BORDER_NOT_FOUND},
        {PyExc_FileNotFoundError, BORDER_NOT_FOUND},
        {PyExc_ValueError, BORDER_BAD_VALUE},
        {PyExc_TypeError, BORDER_BAD_VALUE},
        {PyExc_OSError, BORDER_SYSTEM},
        {PyExc_SystemExit, BORDER_STOP},
        {PyExc_KeyboardInterrupt, BORDER_STOP},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (PyErr_GivenExceptionMatches(exception, table[i].kind))
            return table[i].code;
    return BORDER_OTHER;
}
/* ANCHOR_END: the_classes */

static PyObject *class_of(enum border_code code)
{
    switch (code) {
    case BORDER_NOT_FOUND:
        return PyExc_LookupError;
    case BORDER_BAD_VALUE:
        return PyExc_ValueError;
    case BORDER_SYSTEM:
        return PyExc_OSError;
    case BORDER_STOP:
        return PyExc_SystemExit;
    default:
        return PyExc_RuntimeError;
    }
}

/* ANCHOR: take_it_away */
/* The pending exception as one object, which is ours now; nothing is pending any more. */
static PyObject *take_pending(void)
{
#if PY_VERSION_HEX >= 0x030C0000
    return PyErr_GetRaisedException();
#else
    PyObject *kind, *value, *traceback;
    PyErr_Fetch(&kind, &value, &traceback);
    PyErr_NormalizeException(&kind, &value, &traceback);
    if (traceback != NULL)
        PyException_SetTraceback(value, traceback);
    Py_XDECREF(kind);
    Py_XDECREF(traceback);
    return value;
#endif
}
/* ANCHOR_END: take_it_away */

static void give_back(PyObject *exception)
{
#if PY_VERSION_HEX >= 0x030C0000
    PyErr_SetRaisedException(exception);
#else
    Py_INCREF(Py_TYPE(exception));
    PyErr_Restore((PyObject *)Py_TYPE(exception), exception, PyException_GetTraceback(exception));
#endif
}

/* Copies what str() says of it. That runs Python code and can itself raise. */
static void copy_message(PyObject *exception, char *target, size_t size)
{
    PyObject *text = PyObject_Str(exception);
    PyObject *bytes =
        text == NULL ? NULL : PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace");
    Py_XDECREF(text);
    if (bytes == NULL) {
        PyErr_Clear();
        strncpy(target, "(no message: str() failed)", size);
        return;
    }
    const char *from = PyBytes_AS_STRING(bytes);
    size_t length = (size_t)PyBytes_GET_SIZE(bytes);
    if (length >= size) {
        length = size - 1;
        /* 10xxxxxx is the middle of a character: cut before it begins. */
        while (length > 0 && (from[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(target, from, length);
    target[length] = '\0';
    Py_DECREF(bytes);
}

static long line_of(PyObject *exception)
{
    long line = 0;
    PyObject *traceback = PyException_GetTraceback(exception);
    while (traceback != NULL && traceback != Py_None) {
        PyObject *number = PyObject_GetAttrString(traceback, "tb_lineno");
        PyObject *next = PyObject_GetAttrString(traceback, "tb_next");
        if (number != NULL)
            line = PyLong_AsLong(number);
        Py_XDECREF(number);
        Py_DECREF(traceback);
        traceback = next;
    }
    Py_XDECREF(traceback);
    PyErr_Clear();
    return line;
}

/* ANCHOR: python_to_c */
enum border_code border_take(struct border_error *error)
{
    PyObject *exception = take_pending();
    error->kept = exception;
    error->code = code_of(exception);
    error->line = line_of(exception);
    snprintf(error->kind, sizeof error->kind, "%s", Py_TYPE(exception)->tp_name);
    copy_message(exception, error->message, sizeof error->message);
    return error->code;
}

enum border_code border_call(PyObject *function, long argument, long *result,
                             struct border_error *error)
{
    PyObject *answer = PyObject_CallFunction(function, "l", argument);
    if (answer == NULL)
        return border_take(error);
    *result = PyLong_AsLong(answer);
    Py_DECREF(answer);
    /* -1 is a price like any other, unless an exception says that it is not. */
    if (*result == -1 && PyErr_Occurred())
        return border_take(error);
    return error->code = BORDER_OK;
}
/* ANCHOR_END: python_to_c */

/* ANCHOR: c_to_python */
void border_raise(struct border_error *error)
{
    if (error->kept != NULL)
        give_back(error->kept); /* the very exception, with its traceback */
    else
        PyErr_SetString(class_of(error->code), error->message);
    error->kept = NULL;
}

void border_forget(struct border_error *error)
{
    Py_CLEAR(error->kept);
}
/* ANCHOR_END: c_to_python */
