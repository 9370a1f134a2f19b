// Who gets a copy without having asked for one: pybind11's conversions.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <vector>

namespace py = pybind11;

namespace {

// ANCHOR: two_that_halve
// A reference, and yet not the caller's list: pybind11 makes a vector of it, hands out a
// reference to that, and throws it away afterwards.
void halve_vector(std::vector<double> &numbers)
{
    for (double &number : numbers)
        number /= 2;
}

// The array's own memory, if the array is one of doubles. Otherwise pybind11 makes one of
// doubles out of it, and this is what gets halved.
void halve_array(py::array_t<double> numbers)
{
    auto all = numbers.mutable_unchecked<1>();
    for (py::ssize_t i = 0; i < all.shape(0); i++)
        all(i) /= 2;
}
// ANCHOR_END: two_that_halve

} // namespace

PYBIND11_MODULE(copies, module)
{
    module.def("halve_vector", halve_vector);
    module.def("halve_array", halve_array);
    module.def("halve_array_only", halve_array, py::arg("numbers").noconvert());
    // The way back: a list with an object for each number, or an array that owns its memory.
    module.def("made_vector", [](size_t length) { return std::vector<double>(length, 0.5); });
    module.def("made_array", [](size_t length) {
        py::array_t<double> numbers(static_cast<py::ssize_t>(length));
        std::fill_n(numbers.mutable_data(), length, 0.5);
        return numbers;
    });
}
