// Statuses become exceptions.
//
// In the C API an error is two things: a mark on the thread ("the exception is set") and a return
// value that says to look at it, NULL or -1. One without the other is a bug.
#include "ink_py.h"

// by hand: errors
PyDoc_STRVAR(ink_error_doc, "A call that the library refused. `code` is its status.");
PyDoc_STRVAR(ink_io_error_doc, "A file that could not be read or written.");

static int create(PyObject *module, State *state, PyObject *code, PyObject *bases)
{
    state->ink_error = // NEW, the state's
        PyErr_NewExceptionWithDoc("ink_capi_c.InkError", ink_error_doc, NULL, code);
    if (state->ink_error == NULL ||
        PyModule_AddObjectRef(module, "InkError", state->ink_error) < 0) {
        return -1;
    }
    // Both references are STOLEN by the tuple, so each is made for it.
    PyTuple_SET_ITEM(bases, 0, Py_NewRef(state->ink_error));
    PyTuple_SET_ITEM(bases, 1, Py_NewRef(PyExc_OSError));
    state->ink_io_error = // NEW, the state's
        PyErr_NewExceptionWithDoc("ink_capi_c.InkIOError", ink_io_error_doc, bases, NULL);
    if (state->ink_io_error == NULL) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "InkIOError", state->ink_io_error);
}

int errors_create(PyObject *module, State *state)
{
    PyObject *code = Py_BuildValue("{s:i}", "code", 0); // NEW: what stands in the class
    PyObject *bases = PyTuple_New(2);                   // NEW, and still empty
    int done = code == NULL || bases == NULL ? -1 : create(module, state, code, bases);
    Py_XDECREF(code);
    Py_XDECREF(bases);
    return done;
}

// NEW: the exception, not yet raised. `message` is STOLEN, and may be NULL with an exception set.
static PyObject *make(State *state, InkStatus status, PyObject *message)
{
    if (message == NULL) {
        return NULL;
    }
    PyObject *kind = status == INK_STATUS_IO ? state->ink_io_error : state->ink_error; // BORROWED
    PyObject *error = PyObject_CallOneArg(kind, message);                              // NEW
    Py_DECREF(message);
    PyObject *code = error == NULL ? NULL : PyLong_FromLong(status); // NEW
    if (code == NULL || PyObject_SetAttrString(error, "code", code) < 0) {
        Py_CLEAR(error);
    }
    Py_XDECREF(code);
    return error;
}

// Sets the exception. `error` is STOLEN; NULL means that another exception is set already.
static PyObject *set(PyObject *error)
{
    if (error != NULL) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error); // takes a reference of its own
        Py_DECREF(error);
    }
    return NULL;
}

PyObject *raise_status(State *state, InkStatus status)
{
    // BORROWED by ink until this thread's next failure. So it is copied before anything else:
    // making an exception may run the garbage collector, and that may run anybody's code.
    return set(make(state, status, PyUnicode_FromString(ink_last_error_message())));
}

PyObject *none_or_raise(State *state, InkStatus status)
{
    return status == INK_STATUS_OK ? Py_NewRef(Py_None) : raise_status(state, status);
}
// by hand: end

// by hand: cause
// `format` has one %s, for `what`. An exception that is set becomes the cause: `raise … from …`.
PyObject *raise_invalid_text(State *state, const char *format, const char *what)
{
    PyObject *cause = PyErr_Occurred() ? PyErr_GetRaisedException() : NULL; // NEW
    PyObject *error =                                                       // NEW
        make(state, INK_STATUS_INVALID_TEXT, PyUnicode_FromFormat(format, what));
    if (error == NULL) {
        Py_XDECREF(cause);
        return NULL;
    }
    PyException_SetCause(error, cause); // STOLEN
    return set(error);
}
// by hand: end
