// The module: what is in it, and what it promises the interpreter.
#include "parts.hpp"

// The marks of an image rest on the GIL (image.hpp), which each interpreter may have for itself.
PYBIND11_MODULE(_native, m, py::mod_gil_used(), py::multiple_interpreters::per_interpreter_gil()) {
    // What is thrown here becomes an ImportError.
    // by hand: wrong_library
    ink::require_version();
    // by hand: end
    // by hand: signature
    py::options options;
    options.disable_function_signatures();
    // by hand: end
    add_errors(m);
    add_pixel(m);
    auto image = add_image(m);
    add_methods(image);
    add_views(image);
    add_album(m);
    add_work(m);
    m.def("live_allocations", &ink::live_allocations,
          "live_allocations()\n--\n\nHow much the library has handed out and not got back.");
}
