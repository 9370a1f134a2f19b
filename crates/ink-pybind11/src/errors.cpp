// ink's C++ exceptions become Python's, and text that C cannot take becomes one of ink's.
#include "parts.hpp"

#include <pybind11/gil_safe_call_once.h>

namespace {

// by hand: errors
struct Types {
    py::exception<ink::Error> error;
    py::exception<ink::IoError> io_error;
};

// One pair for each interpreter, which pybind11 keeps in the interpreter's own dict.
PYBIND11_CONSTINIT py::gil_safe_call_once_and_store<Types> types;

// `register_exception` alone would do, were there no code to carry: it knows only what().
// ANCHOR: thrown_in_cpp
void translate(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const ink::Error &refused) {
        const bool io = refused.code() == INK_STATUS_IO;
        const py::object type = io ? py::object(types.get_stored().io_error)
                                   : py::object(types.get_stored().error);
        const py::object error = type(refused.what());
        error.attr("code") = static_cast<int>(refused.code());
        // by hand: end
        // by hand: cause
        // C++ can put an exception inside another, which is what Python calls its cause.
        try {
            std::rethrow_if_nested(refused);
        } catch (const py::error_already_set &cause) {
            PyException_SetCause(error.ptr(), cause.value().inc_ref().ptr()); // takes the reference
        }
        // by hand: end
        // by hand: errors
        py::set_error(type, error);
    }
}
// ANCHOR_END: thrown_in_cpp

} // namespace

void add_errors(py::module_ &m) {
    types.call_once_and_store_result([&] {
        const py::exception<ink::Error> error(m, "InkError");
        // Python's tuple of bases is not what the parameter was made for, and it works.
        return Types{error, {m, "InkIOError", py::make_tuple(error, py::handle(PyExc_OSError))}};
    });
    types.get_stored().error.attr("code") = 0;
    // Local: it sees what this module throws, and nothing that another throws.
    py::register_local_exception_translator(translate);
}
// by hand: end

// by hand: cause
// The Python error stays inside the C++ one, until `translate` finds it there.
static void refuse_text() {
    try {
        throw py::error_already_set();
    } catch (const py::error_already_set &error) {
        if (!error.matches(PyExc_UnicodeEncodeError)) {
            throw;
        }
        std::throw_with_nested(
            ink::Error(INK_STATUS_INVALID_TEXT, "the text cannot be written in UTF-8"));
    }
}
// by hand: end

// by hand: unicode
// pybind11's caster for std::string takes `bytes` too, and answers a surrogate with a TypeError.
// ANCHOR: text_that_is_checked
std::string utf8(const py::str &text) {
    Py_ssize_t size = 0;
    const char *start = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (!start) {
        refuse_text();
    }
    // With any NUL that is inside: ink.hpp refuses it.
    return std::string(start, static_cast<std::size_t>(size));
}
// ANCHOR_END: text_that_is_checked
// by hand: end

// by hand: files
// As pybind11's caster for std::filesystem::path, but that hides why it refuses.
std::string path_bytes(const py::object &path) {
    auto plain = py::reinterpret_steal<py::object>(PyOS_FSPath(path.ptr()));
    if (!plain) {
        throw py::error_already_set();
    }
    if (PyUnicode_Check(plain.ptr())) {
        plain = py::reinterpret_steal<py::object>(PyUnicode_EncodeFSDefault(plain.ptr()));
    }
    if (!plain) {
        refuse_text();
    }
    return plain.cast<std::string>();
}
// by hand: end
