// The module `ink_boost._core`: checks the library, then lets each file add its part.
#include "binding.hpp"

BOOST_PYTHON_MODULE(_core) {
    namespace py = boost::python;
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
