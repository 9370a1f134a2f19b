// The one line that is easily forgotten is missing: <pybind11/stl.h>. It compiles.
#include <pybind11/pybind11.h>

#include <vector>

static double first(const std::vector<double> &input) { return input.at(0); }

PYBIND11_MODULE(without_stl, m)
{
    m.def("first", &first);
}
