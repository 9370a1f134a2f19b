// C++ exceptions become Python's. Boost.Python turns those of the standard library into some
// Python exception by itself, so none ends the process; ink's are registered here.
#include "binding.hpp"

namespace ink_boost {

// by hand: errors
namespace {

// Borrowed from the module, which is never unloaded: Boost.Python's own registry is for the whole
// process too, and so are its classes.
PyObject *ink_error = nullptr;
PyObject *ink_io_error = nullptr;

PyObject *add_kind(const char *name, const char *doc, const py::object &bases) {
    const std::string full = std::string("ink_boost.") + name;
    const py::object kind(
        py::handle<>(PyErr_NewExceptionWithDoc(full.c_str(), doc, bases.ptr(), nullptr)));
    py::scope().attr(name) = kind;
    return py::incref(kind.ptr());
}

// ANCHOR: a_translator
void raise(const ink::Error &error) {
    const py::object kind(
        py::handle<>(py::borrowed(error.code() == INK_STATUS_IO ? ink_io_error : ink_error)));
    py::object made = kind(error.what());
    made.attr("code") = static_cast<int>(error.code());
    PyErr_SetObject(kind.ptr(), made.ptr());
}
// ANCHOR_END: a_translator

void raise_refusal(const Refusal &refusal) {
    PyErr_SetString(refusal.kind(), refusal.what());
}

} // namespace

void add_errors() {
    const py::object exception(py::handle<>(py::borrowed(PyExc_Exception)));
    const py::object os_error(py::handle<>(py::borrowed(PyExc_OSError)));
    ink_error = add_kind("InkError", "A call that the library refused. `code` is its status.",
                         exception);
    py::object base(py::handle<>(py::borrowed(ink_error)));
    base.attr("code") = 0;
    ink_io_error = add_kind("InkIOError", "A file that could not be read or written.",
                            py::make_tuple(base, os_error));

    // ANCHOR: told_to_boost
    py::register_exception_translator<ink::Error>(raise);
    py::register_exception_translator<Refusal>(raise_refusal);
    // ANCHOR_END: told_to_boost
}
// by hand: end

// by hand: cause
void raise_not_utf8() {
    PyObject *kind, *error, *traceback;
    PyErr_Fetch(&kind, &error, &traceback);
    PyErr_NormalizeException(&kind, &error, &traceback);
    const py::handle<> its_kind(kind), its_traceback(py::allow_null(traceback));
    raise(ink::Error(INK_STATUS_INVALID_TEXT, "the text cannot be written in UTF-8"));
    PyObject *raised;
    PyErr_Fetch(&kind, &raised, &traceback);
    PyErr_NormalizeException(&kind, &raised, &traceback);
    PyException_SetCause(raised, error); // takes the reference
    PyErr_Restore(kind, raised, traceback);
    throw py::error_already_set();
}
// by hand: end

} // namespace ink_boost
