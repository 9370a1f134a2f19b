// A pixel: a C struct by value, with Python's manners.
#include "parts.hpp"

#include <tuple>

#include <nanobind/operators.h>
#include <nanobind/stl/tuple.h>

#include "number.hpp"

void add_pixel(nb::module_ &m) {
    using ink::Pixel;
    nb::class_<Pixel> type(
        m, "Pixel", "One pixel: red, green and blue, from 0 to 255. It cannot be changed.");
    type.def(nb::init<U8, U8, U8>(), nb::arg("r"), nb::arg("g"), nb::arg("b"));
    type.def_ro("r", &Pixel::r, "Red");
    type.def_ro("g", &Pixel::g, "Green");
    type.def_ro("b", &Pixel::b, "Blue");
    type.def("luma", &ink::luma, "How bright it looks, 0 to 255.");
    type.def(nb::self == nb::self); // ink.hpp's operator
    // by hand: values
    type.def("__hash__", [](Pixel p) { return nb::hash(nb::make_tuple(p.r, p.g, p.b)); });
    // by hand: end
    // by hand: repr
    type.def("__repr__", [](Pixel p) {
        return nb::str("Pixel(r={}, g={}, b={})").format(p.r, p.g, p.b);
    });
    // by hand: end
    // by hand: pickling
    using State = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>;
    type.def("__getstate__", [](Pixel p) { return State(p.r, p.g, p.b); });
    type.def("__setstate__", [](Pixel &made, const State &state) {
        const auto [r, g, b] = state;
        new (&made) Pixel{r, g, b}; // the memory is there, and empty
    });
    // by hand: end
}
