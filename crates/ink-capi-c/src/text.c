// Text that C can read: UTF-8 without a NUL inside, which for C would be the end.
#include <string.h>

#include "ink_py.h"

// by hand: unicode
// An encoding that failed, as an InkError. Any other exception (no memory) stays what it is.
static void not_utf8(State *state, const char *what)
{
    if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        raise_invalid_text(state, "%s cannot be written in UTF-8", what);
    }
}

static int check_no_nul(State *state, const char *text, Py_ssize_t size, const char *what)
{
    if (strlen(text) == (size_t)size) {
        return 0;
    }
    raise_invalid_text(state, "%s holds a NUL, where C would take it to end", what);
    return -1;
}

const char *as_utf8(State *state, PyObject *text, const char *what)
{
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "%s must be str, not %s", what, Py_TYPE(text)->tp_name);
        return NULL;
    }
    Py_ssize_t size;
    // BORROWED: the str makes these bytes once, and keeps them as long as it lives.
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    if (utf8 == NULL) {
        not_utf8(state, what);
        return NULL;
    }
    return check_no_nul(state, utf8, size, what) < 0 ? NULL : utf8;
}
// by hand: end

// by hand: files
// PyUnicode_FSConverter would do most of this, but it has its own words for a NUL.
PyObject *as_path(State *state, PyObject *path)
{
    PyObject *plain = PyOS_FSPath(path); // NEW: str or bytes; may run the `__fspath__` of `path`
    if (plain == NULL) {
        return NULL;
    }
    PyObject *bytes = PyUnicode_Check(plain) ? PyUnicode_EncodeFSDefault(plain) : Py_NewRef(plain);
    Py_DECREF(plain);
    if (bytes == NULL) {
        not_utf8(state, "the path");
        return NULL;
    }
    if (check_no_nul(state, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), "the path") < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    return bytes;
}
// by hand: end
