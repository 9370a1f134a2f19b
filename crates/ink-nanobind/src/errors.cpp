// ink's C++ exceptions become Python's, and text that C cannot take becomes one of ink's.
#include "parts.hpp"

// by hand: errors
// `nb::exception` alone would do, were there no code to carry: it knows only what(). `type` is the
// Python class, which is handed over with the function.
template <typename Refused> static void translate(const std::exception_ptr &thrown, void *type) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Refused &refused) {
        const nb::object error = nb::handle(static_cast<PyObject *>(type))(refused.what());
        error.attr("code") = static_cast<int>(refused.code());
        // by hand: end
        // by hand: cause
        // C++ can put an exception inside another, which is what Python calls its cause.
        try {
            std::rethrow_if_nested(refused);
        } catch (const nb::python_error &cause) {
            PyException_SetCause(error.ptr(), cause.value().inc_ref().ptr()); // takes the reference
        }
        // by hand: end
        // by hand: errors
        PyErr_SetObject(static_cast<PyObject *>(type), error.ptr());
    }
}

// ANCHOR: handed_over_with_its_class
void add_errors(nb::module_ &m) {
    nb::exception<ink::Error> error(m, "InkError");
    error.attr("code") = 0;
    const nb::tuple bases = nb::make_tuple(error, nb::handle(PyExc_OSError));
    nb::exception<ink::IoError> io_error(m, "InkIOError", bases);
    // The last one is asked first. Translators stay as long as the process, and so must the types.
    nb::register_exception_translator(translate<ink::Error>, error.release().ptr());
    nb::register_exception_translator(translate<ink::IoError>, io_error.release().ptr());
}
// ANCHOR_END: handed_over_with_its_class
// by hand: end

// by hand: cause
// The Python error stays inside the C++ one, until `translate` finds it there.
static void refuse_text() {
    try {
        throw nb::python_error();
    } catch (const nb::python_error &error) {
        if (!error.matches(PyExc_UnicodeEncodeError)) {
            throw;
        }
        std::throw_with_nested(
            ink::Error(INK_STATUS_INVALID_TEXT, "the text cannot be written in UTF-8"));
    }
}
// by hand: end

// by hand: unicode
// nanobind's caster for std::string answers a surrogate with a TypeError.
std::string utf8(const nb::str &text) {
    Py_ssize_t size = 0;
    const char *start = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (!start) {
        refuse_text();
    }
    // With any NUL that is inside: ink.hpp refuses it.
    return std::string(start, static_cast<std::size_t>(size));
}
// by hand: end

// by hand: files
// As nanobind's caster for std::filesystem::path, but that hides why it refuses.
std::string path_bytes(const nb::object &path) {
    const nb::object plain = nb::steal(PyOS_FSPath(path.ptr()));
    if (!plain.is_valid()) {
        throw nb::python_error();
    }
    const nb::object bytes =
        PyBytes_Check(plain.ptr()) ? plain : nb::steal(PyUnicode_EncodeFSDefault(plain.ptr()));
    if (!bytes.is_valid()) {
        refuse_text();
    }
    const auto all = nb::borrow<nb::bytes>(bytes);
    return std::string(all.c_str(), all.size());
}
// by hand: end
