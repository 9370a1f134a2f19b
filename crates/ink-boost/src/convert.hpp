// Arguments that Boost.Python's own converters would take or refuse differently. Each is a type
// that converts itself from a Python object; a function with such a parameter gets it made.
//
// A converter belongs to a C++ type, for all modules of the process. So these types are our own:
// one for std::uint32_t would change what other people's modules take.
#ifndef INK_BOOST_CONVERT_HPP
#define INK_BOOST_CONVERT_HPP

#include <limits>

#include "binding.hpp"

namespace ink_boost {

// by hand: values
// An integer: whatever has `__index__`, within the limits of T. Boost.Python takes `int` alone.
template <class T> struct Whole {
    explicit Whole(PyObject *object) {
        const py::handle<> index(PyNumber_Index(object)); // throws if it is NULL
        const unsigned long number = PyLong_AsUnsignedLong(index.get());
        if (PyErr_Occurred()) {
            throw py::error_already_set();
        }
        if (number > std::numeric_limits<T>::max()) {
            PyErr_Format(PyExc_OverflowError, "%lu is too large", number);
            throw py::error_already_set();
        }
        value = static_cast<T>(number);
    }
    operator T() const { return value; }
    T value;
};
// by hand: end

using U8 = Whole<std::uint8_t>;
using U32 = Whole<std::uint32_t>;

// by hand: unicode
// The bytes of a `str`, with any NUL in them: ink.hpp refuses those. Boost.Python's own converter
// for std::string takes `bytes` for text.
inline std::string encoded(PyObject *object, PyObject *(*encode)(PyObject *)) {
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "expected str, not %s", Py_TYPE(object)->tp_name);
        throw py::error_already_set();
    }
    const py::handle<> bytes(py::allow_null(encode(object)));
    if (!bytes) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            raise_not_utf8();
        }
        throw py::error_already_set();
    }
    return std::string(PyBytes_AsString(bytes.get()), PyBytes_Size(bytes.get()));
}

// ANCHOR: text_of_our_own
struct Text {
    explicit Text(PyObject *object) : value(encoded(object, PyUnicode_AsUTF8String)) {}
    std::string value;
};
// ANCHOR_END: text_of_our_own
// by hand: end

// by hand: files
// A path: a `str` or whatever has `__fspath__`.
struct FilePath {
    explicit FilePath(PyObject *object)
        : value(encoded(py::handle<>(PyOS_FSPath(object)).get(), PyUnicode_EncodeFSDefault)) {}
    std::string value;
};
// by hand: end

// by hand: values
// Tells Boost.Python how a T comes about. It asks first whether an object can be converted, and
// picks an overload by that; there are none here, so the answer is yes, and T's constructor throws.
template <class T> void accept() {
    using Stage1 = py::converter::rvalue_from_python_stage1_data;
    using Storage = py::converter::rvalue_from_python_storage<T>;
    py::converter::registry::push_back(
        [](PyObject *object) -> void * { return object; },
        [](PyObject *object, Stage1 *data) {
            void *place = reinterpret_cast<Storage *>(data)->storage.bytes;
            new (place) T(object);
            data->convertible = place;
        },
        py::type_id<T>());
}
// by hand: end

} // namespace ink_boost

#endif
