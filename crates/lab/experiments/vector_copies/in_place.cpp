// A function that changes its vector, and an object that shows one, for a list.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace py = pybind11;

static void double_in_place(std::vector<double> &numbers)
{
    for (double &number : numbers)
        number *= 2;
}

struct Track {
    std::vector<double> points{1, 2, 3};
};

PYBIND11_MODULE(in_place, m)
{
    m.def("double_in_place", &double_in_place);
    py::class_<Track>(m, "Track")
        .def(py::init<>())
        .def_readwrite("points", &Track::points)
        .def("size", [](const Track &track) { return track.points.size(); });
}
