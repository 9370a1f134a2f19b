// The module: what is in it.
#include "parts.hpp"

NB_MODULE(_native, m) {
    // What is thrown here becomes an ImportError.
    // by hand: wrong_library
    ink::require_version();
    // by hand: end
    add_errors(m);
    add_pixel(m);
    auto image = add_image(m);
    add_methods(image);
    add_views(image);
    add_album(m);
    add_work(m);
    m.def("live_allocations", &ink::live_allocations,
          "How much the library has handed out and not got back.");
}
