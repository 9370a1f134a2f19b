// The module `ink_boost._core`: checks the library, then lets each file add its part.
#include "binding.hpp"

namespace {

namespace py = boost::python;

void fill() {
    // by hand: wrong_library
    try {
        ink::require_version();
    } catch (const std::exception &error) {
        PyErr_SetString(PyExc_ImportError, error.what());
        throw py::error_already_set();
    }
    // by hand: end
    // Docstrings as they are written, without the C++ signatures.
    const py::docstring_options options(true, true, false);
    ink_boost::add_errors();
    ink_boost::add_pixel();
    ink_boost::add_image();
    ink_boost::add_callbacks();
    ink_boost::add_album();
    py::def("live_allocations", ink::live_allocations,
            "How many images and strings the library has out.");
}

} // namespace

// by hand: wrong_library
// What BOOST_PYTHON_MODULE(_core) would write, but for the last lines: it returns the module even
// if `fill` failed, and Python then says `SystemError` and not why.
extern "C" BOOST_SYMBOL_EXPORT PyObject *PyInit__core() {
    static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_core", nullptr, -1,
                                     nullptr, nullptr, nullptr, nullptr, nullptr};
    PyObject *module = py::detail::init_module(definition, fill);
    if (module && PyErr_Occurred()) {
        Py_DECREF(module);
        return nullptr;
    }
    return module;
}
// by hand: end
