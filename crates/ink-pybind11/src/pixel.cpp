// A pixel: a C struct by value, with Python's manners.
#include "parts.hpp"

#include <pybind11/operators.h>

#include "doc.hpp"
#include "number.hpp"

void add_pixel(py::module_ &m) {
    using ink::Pixel;
    // ANCHOR: named_for_python
    py::classh<Pixel> type(
        m, "Pixel", "One pixel: red, green and blue, from 0 to 255. It cannot be changed.");
    constructor(type, py::init([](U8 r, U8 g, U8 b) { return Pixel{r, g, b}; }), py::arg("r"),
                py::arg("g"), py::arg("b"));
    type.def_readonly("r", &Pixel::r, "Red");
    type.def_readonly("g", &Pixel::g, "Green");
    type.def_readonly("b", &Pixel::b, "Blue");
    method(type, "luma", &ink::luma, "How bright it looks, 0 to 255.");
    type.def(py::self == py::self); // ink.hpp's operator
    // ANCHOR_END: named_for_python
    // by hand: values
    type.def("__hash__", [](Pixel p) { return py::hash(py::make_tuple(p.r, p.g, p.b)); });
    // by hand: end
    // by hand: repr
    type.def("__repr__", [](Pixel p) {
        return py::str("Pixel(r={}, g={}, b={})").format(p.r, p.g, p.b);
    });
    // by hand: end
    // by hand: pickling
    using State = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>;
    type.def(py::pickle([](Pixel p) { return State(p.r, p.g, p.b); },
                        [](const State &state) {
                            const auto [r, g, b] = state;
                            return Pixel{r, g, b};
                        }));
    // by hand: end
}
