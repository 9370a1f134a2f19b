// Text and paths. std_string.i converts a `str` as well; but what it cannot convert is a TypeError
// with no cause. std_filesystem.i is left alone for a better reason: it hands what
// PyUnicode_AsUTF8AndSize() returns to C++ unseen, and that is NULL for a lone surrogate.

%{
namespace {

// by hand: cause
// Makes an InkError of the UnicodeEncodeError that is set, which becomes its cause.
void raise_not_utf8() {
    PyObject *kind, *error, *traceback;
    PyErr_Fetch(&kind, &error, &traceback);
    PyErr_NormalizeException(&kind, &error, &traceback);
    const Ref its_kind(kind), its_traceback(traceback);
    raise_ink(INK_STATUS_INVALID_TEXT, "the text cannot be written in UTF-8");
    PyObject *raised;
    PyErr_Fetch(&kind, &raised, &traceback);
    PyErr_NormalizeException(&kind, &raised, &traceback);
    PyException_SetCause(raised, error); // takes the reference
    PyErr_Restore(kind, raised, traceback);
}
// by hand: end

// by hand: unicode
// The bytes of a text or a path, with any NUL in them: ink.hpp refuses those.
bool as_bytes(PyObject *object, PyObject *(*encode)(PyObject *), std::string &bytes) {
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "expected str, not %s", Py_TYPE(object)->tp_name);
        return false;
    }
    const Ref encoded(encode(object));
    if (!encoded) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            raise_not_utf8();
        }
        return false;
    }
    bytes.assign(PyBytes_AsString(encoded.get()), PyBytes_Size(encoded.get()));
    return true;
}
// by hand: end

} // namespace
%}

// by hand: unicode
// ANCHOR: text_by_typemap
%typemap(in) const std::string & (std::string text) {
    if (!as_bytes($input, PyUnicode_AsUTF8String, text)) {
        SWIG_fail;
    }
    $1 = &text;
}
%typemap(freearg) const std::string & "";
// ANCHOR_END: text_by_typemap
// by hand: end

// by hand: files
// A parameter of this name is a path: a `str` or whatever has `__fspath__`.
%typemap(in) const std::string &path (std::string bytes) {
    const Ref path(PyOS_FSPath($input));
    if (!path || !as_bytes(path.get(), PyUnicode_EncodeFSDefault, bytes)) {
        SWIG_fail;
    }
    $1 = &bytes;
}
// by hand: end
