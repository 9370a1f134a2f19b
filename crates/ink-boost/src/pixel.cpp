// A pixel: a C struct, held by value inside its Python object.
#include "convert.hpp"
#include "once.hpp"

namespace ink_boost {

namespace {

std::shared_ptr<ink::Pixel> make_pixel(U8 r, U8 g, U8 b) {
    return std::make_shared<ink::Pixel>(ink::Pixel{r, g, b});
}

// by hand: values
long hash(ink::Pixel pixel) { return pixel.r << 16 | pixel.g << 8 | pixel.b; }
// by hand: end

// by hand: repr
py::object repr(ink::Pixel pixel) {
    return "Pixel(r=%s, g=%s, b=%s)" % py::make_tuple(pixel.r, pixel.g, pixel.b);
}
// by hand: end

// by hand: pickling
struct PixelPickle : py::pickle_suite {
    static py::tuple getinitargs(const ink::Pixel &pixel) {
        return py::make_tuple(pixel.r, pixel.g, pixel.b);
    }
};
// by hand: end

} // namespace

void add_pixel() {
    accept<U8>();
    accept<U32>();
    py::class_<ink::Pixel>(
        "Pixel", "One pixel: red, green and blue, from 0 to 255. It cannot be changed.",
        py::no_init)
        .def("__init__", py::make_constructor(make_pixel, Once(), py::args("r", "g", "b")))
        .def_readonly("r", &ink::Pixel::r, "Red")
        .def_readonly("g", &ink::Pixel::g, "Green")
        .def_readonly("b", &ink::Pixel::b, "Blue")
        .def("luma", ink::luma, "How bright it looks, 0 to 255.")
        .def(py::self == py::self)
        .def(py::self != py::self)
        .def("__hash__", hash)
        .def("__repr__", repr)
        .def_pickle(PixelPickle());
}

} // namespace ink_boost
