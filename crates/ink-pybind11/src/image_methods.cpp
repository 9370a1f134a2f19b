// The class Image, as Python sees it: names for what image.hpp and ink.hpp do.
#include "parts.hpp"

#include <pybind11/functional.h>

#include "doc.hpp"
#include "number.hpp"

// by hand: callback_raises
// What the callback raises passes through here as a C++ exception, and arrives in Python as it
// was. What it returns is cast to a Pixel, and only a failed cast needs a word.
static void map(Image &image, const std::function<ink::Pixel(std::uint32_t, std::uint32_t,
                                                            ink::Pixel)> &callback) {
    ink::Image &picture = image.changing();
    const Mark mark(image.mapped);
    try {
        picture.map(callback);
    } catch (const py::cast_error &) {
        throw py::type_error("the callback must return a Pixel");
    }
}
// by hand: end

// ANCHOR: blurs_without_the_gil
static void blur(Image &image, U32 radius) {
    ink::Image &picture = image.changing();
    // by hand: busy
    const Mark mark(image.blurred);
    // by hand: end
    // Taken back before the mark is cleared, as C++ destroys in reverse, with or without an
    // exception. `py::call_guard` would have let go too early, before the marks are looked at.
    // by hand: gil
    const py::gil_scoped_release without_the_gil;
    // by hand: end
    picture.blur(radius);
}
// ANCHOR_END: blurs_without_the_gil

ImageClass add_image(py::module_ &m) {
    ImageClass type(
        m, "Image",
        "A picture with a title, freed when it is closed or forgotten.",
        py::dynamic_attr(), // with a __dict__, which brings garbage collection
        py::buffer_protocol(), count_views());
    constructor(type, py::init<U32, U32>(), py::arg("width"), py::arg("height"));
    type.def_static(
        "read", [](const py::object &path) { return Image(ink::Image::read(path_bytes(path))); },
        py::arg("path"), "read(path)\n--\n\nReads a PNG file.");
    // Any Python object that goes with the picture. An image's own lies in its __dict__.
    type.attr("tag") = py::none();
    return type;
}

// by hand: repr
static py::str repr(const Image &image) {
    if (image.closed()) {
        return "<Image closed>";
    }
    if (image.blurred) {
        return "<Image busy>";
    }
    return py::str("<Image {!r} {}x{}>").format(image.title(), image.width(), image.height());
}
// by hand: end

void add_methods(ImageClass &type) {
    type.def_property_readonly(
        "width", [](const Image &image) { return image.reading().width(); },
        "How many pixels a row has.");
    type.def_property_readonly(
        "height", [](const Image &image) { return image.reading().height(); },
        "How many rows there are.");
    // ANCHOR: a_title_both_ways
    type.def_property(
        "title", [](const Image &image) { return image.reading().title(); },
        [](Image &image, const py::str &title) { image.naming().set_title(utf8(title)); },
        "The title; empty if there is none.");
    // ANCHOR_END: a_title_both_ways
    method(type, "describe", [](const Image &image) { return image.reading().describe(); },
           "The image in words.");
    method(type, "get", [](const Image &image, U32 x, U32 y) { return image.reading().get(x, y); },
           "The pixel in column `x` of row `y`.", py::arg("x"), py::arg("y"));
    method(type, "set",
           [](Image &image, U32 x, U32 y, ink::Pixel pixel) { image.changing().set(x, y, pixel); },
           "Replaces the pixel in column `x` of row `y`.", py::arg("x"), py::arg("y"),
           py::arg("pixel"));
    method(type, "map", &map,
           "Replaces each pixel by `callback(x, y, pixel)`, all of them or none.",
           py::arg("callback").none(false));
    method(type, "blur", &blur,
           "Each pixel becomes the mean of the square around it. Without the GIL.",
           py::arg("radius"));
    method(type, "write",
           [](const Image &image, const py::object &path) {
               const std::string bytes = path_bytes(path);
               image.reading().write(bytes);
           },
           "Writes a PNG file.", py::arg("path"));
    method(type, "close", &Image::close, "Frees the image now. Closing twice is fine.");
    type.def_property_readonly("closed", &Image::closed, "Whether it has been closed.");
    // by hand: closed
    type.def("__enter__", [](const py::object &self) {
        self.cast<const Image &>().reading();
        return self;
    });
    type.def("__exit__", [](Image &image, const py::args &) { image.close(); });
    // by hand: end
    type.def("__repr__", &repr);
}
