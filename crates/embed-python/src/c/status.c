/*
 * A Python exception as a C struct, and what to say about it. Nothing in a status belongs to
 * Python: it can be kept, printed later, and freed after Python has ended.
 */
#include "host.h"

#define DEEPEST 8 /* a chain of causes may be a circle; nobody reads further than this */

/* ANCHOR: take_it_out */
/*
 * Takes the pending exception. Whoever calls Python while one is pending gets strange answers,
 * so a host takes it before it does anything else, str() of it included.
 */
PyObject *take_exception(void) {
#if PY_VERSION_HEX >= 0x030c0000
    return PyErr_GetRaisedException();
#else
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (type == NULL) {
        return NULL;
    }
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback != NULL) {
        PyException_SetTraceback(value, traceback);
    }
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
#endif
}
/* ANCHOR_END: take_it_out */

void put_exception(PyObject *raised) {
#if PY_VERSION_HEX >= 0x030c0000
    PyErr_SetRaisedException(raised);
#else
    PyErr_Restore(Py_NewRef((PyObject *)Py_TYPE(raised)), raised,
                  PyException_GetTraceback(raised));
#endif
}

/* ANCHOR: a_text_that_may_not_be_had */
/* Copies bytes out of a Python object, whose memory ends with the object. */
static char *copy_bytes(PyObject *text) {
    PyObject *bytes = text ? PyUnicode_AsEncodedString(text, "utf-8", "replace") : NULL;
    char *copy = bytes ? strdup(PyBytes_AS_STRING(bytes)) : NULL;
    Py_XDECREF(bytes);
    PyErr_Clear(); /* what failed here was the text, and it is not what is reported */
    return copy;
}

char *copy_text(PyObject *object) {
    PyObject *text = object ? PyObject_Str(object) : NULL;
    char *copy = copy_bytes(text);
    Py_XDECREF(text);
    return copy ? copy : strdup("(its text cannot be had)");
}
/* ANCHOR_END: a_text_that_may_not_be_had */

/* The type with its module, unless that is `builtins`. */
static char *copy_kind(PyObject *raised) {
    PyObject *type = (PyObject *)Py_TYPE(raised);
    PyObject *module = PyObject_GetAttrString(type, "__module__");
    PyObject *name = PyObject_GetAttrString(type, "__qualname__");
    PyObject *kind = NULL;
    if (module && name && PyUnicode_Check(module) &&
        PyUnicode_CompareWithASCIIString(module, "builtins") != 0) {
        kind = PyUnicode_FromFormat("%U.%U", module, name);
    } else {
        kind = Py_XNewRef(name);
    }
    char *copy = copy_bytes(kind);
    Py_XDECREF(module);
    Py_XDECREF(name);
    Py_XDECREF(kind);
    return copy ? copy : strdup("an exception");
}

/* The traceback in Python's own words: its module `traceback` writes them. */
static char *copy_traceback(PyObject *raised) {
    PyObject *traceback = PyException_GetTraceback(raised);
    PyObject *module = traceback ? PyImport_ImportModule("traceback") : NULL;
    PyObject *lines = module ? PyObject_CallMethod(module, "format_tb", "O", traceback) : NULL;
    PyObject *nothing = PyUnicode_FromString("");
    PyObject *text = lines && nothing ? PyUnicode_Join(nothing, lines) : NULL;
    char *copy = copy_bytes(text);
    Py_XDECREF(traceback);
    Py_XDECREF(module);
    Py_XDECREF(lines);
    Py_XDECREF(nothing);
    Py_XDECREF(text);
    return copy ? copy : strdup("");
}

static struct failure *copy_failure(PyObject *raised, int depth) {
    struct failure *failure = calloc(1, sizeof *failure);
    if (failure == NULL) {
        return NULL;
    }
    failure->kind = copy_kind(raised);
    failure->message = copy_text(raised);
    failure->traceback = copy_traceback(raised);
    PyObject *cause = depth > 0 ? PyException_GetCause(raised) : NULL; /* a new reference */
    if (cause != NULL) {
        failure->cause = copy_failure(cause, depth - 1);
        Py_DECREF(cause);
    }
    return failure;
}

/* ANCHOR: read_the_code */
/*
 * None is success, a number is itself, and anything else is words for stderr and 1. PyErr_Print()
 * would act on it and end the process; here it is read, and the host decides.
 */
static void read_exit(PyObject *raised, struct status *out) {
    PyObject *code = PyObject_GetAttrString(raised, "code");
    out->exit_code = 1;
    if (code == Py_None) {
        out->exit_code = 0;
    } else if (code != NULL && PyLong_Check(code)) {
        long number = PyLong_AsLong(code); /* -1 for what does not fit */
        out->exit_code = number == (int)number ? (int)number : -1; /* cut off, it might be 0 */
    } else if (code != NULL) {
        out->text = copy_text(code);
    }
    Py_XDECREF(code);
    PyErr_Clear();
}
/* ANCHOR_END: read_the_code */

void status_of_exception(PyObject *raised, struct status *out) {
    memset(out, 0, sizeof *out);
    if (PyErr_GivenExceptionMatches(raised, PyExc_KeyboardInterrupt)) {
        out->outcome = INTERRUPTED;
    } else if (PyErr_GivenExceptionMatches(raised, PyExc_SystemExit)) {
        out->outcome = EXITS;
        read_exit(raised, out);
    } else {
        out->outcome = RAISED;
        out->failure = copy_failure(raised, DEEPEST);
    }
}
