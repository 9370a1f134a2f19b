// The same with a vector that Python holds as an object of its own and that is not converted.
#include <pybind11/pybind11.h>
#include <pybind11/stl_bind.h>

namespace py = pybind11;

// ANCHOR: opaque_vector
PYBIND11_MAKE_OPAQUE(std::vector<double>)

static void double_in_place(std::vector<double> &numbers)
{
    for (double &number : numbers)
        number *= 2;
}

struct SharedTrack { // pybind11 knows a type by its name, in all modules of a process
    std::vector<double> points{1, 2, 3};
};

PYBIND11_MODULE(shared, m)
{
    py::bind_vector<std::vector<double>>(m, "Doubles", py::buffer_protocol());
    m.def("double_in_place", &double_in_place);
    // ANCHOR_END: opaque_vector
    py::class_<SharedTrack>(m, "Track")
        .def(py::init<>())
        .def_readwrite("points", &SharedTrack::points)
        .def("size", [](const SharedTrack &track) { return track.points.size(); });
}
