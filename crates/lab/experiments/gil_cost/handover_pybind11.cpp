// The same loop with the guard that pybind11 gives C++ programs.
#include <pybind11/pybind11.h>

namespace py = pybind11;

PYBIND11_MODULE(handover_pybind11, m)
{
    m.def("give_and_take", [](long n) {
        for (long i = 0; i < n; i++) {
            // Gives the GIL back; its destructor takes it again, on every way out.
            py::gil_scoped_release released;
        }
    });
}
