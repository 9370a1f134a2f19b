// The class Image, as Python sees it: names for what image.hpp and ink.hpp do.
#include "parts.hpp"

#include <nanobind/stl/function.h>
#include <nanobind/stl/string.h>

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
    } catch (const nb::cast_error &) {
        throw nb::type_error("the callback must return a Pixel");
    }
}
// by hand: end

static void blur(Image &image, U32 radius) {
    ink::Image &picture = image.changing();
    // by hand: busy
    const Mark mark(image.blurred);
    // by hand: end
    // Taken back before the mark is cleared, as C++ destroys in reverse, with or without an
    // exception. `nb::call_guard` would have let go too early, before the marks are looked at.
    // by hand: gil
    const nb::gil_scoped_release without_the_gil;
    // by hand: end
    picture.blur(radius);
}

ImageClass add_image(nb::module_ &m) {
    ImageClass type(m, "Image", "A picture with a title, freed when it is closed or forgotten.",
                    nb::dynamic_attr(), // with a __dict__, which brings garbage collection
                    nb::is_weak_referenceable(), nb::type_slots(buffer_slots));
    type.def(nb::init<U32, U32>(), nb::arg("width"), nb::arg("height"));
    type.def_static(
        "read", [](const nb::object &path) { return Image(ink::Image::read(path_bytes(path))); },
        nb::arg("path"), "Reads a PNG file.");
    // Any Python object that goes with the picture. An image's own lies in its __dict__.
    type.attr("tag") = nb::none();
    return type;
}

// by hand: repr
static nb::str repr(const Image &image) {
    if (image.closed()) {
        return nb::str("<Image closed>");
    }
    if (image.blurred) {
        return nb::str("<Image busy>");
    }
    return nb::str("<Image {!r} {}x{}>").format(image.title(), image.width(), image.height());
}
// by hand: end

void add_methods(ImageClass &type) {
    type.def_prop_ro(
        "width", [](const Image &image) { return image.reading().width(); },
        "How many pixels a row has.");
    type.def_prop_ro(
        "height", [](const Image &image) { return image.reading().height(); },
        "How many rows there are.");
    type.def_prop_rw(
        "title", [](const Image &image) { return image.reading().title(); },
        [](Image &image, const nb::str &title) { image.naming().set_title(utf8(title)); },
        "The title; empty if there is none.");
    type.def("describe", [](const Image &image) { return image.reading().describe(); },
             "The image in words.");
    type.def("get", [](const Image &image, U32 x, U32 y) { return image.reading().get(x, y); },
             nb::arg("x"), nb::arg("y"), "The pixel in column `x` of row `y`.");
    type.def("set",
             [](Image &image, U32 x, U32 y, ink::Pixel p) { image.changing().set(x, y, p); },
             nb::arg("x"), nb::arg("y"), nb::arg("pixel"),
             "Replaces the pixel in column `x` of row `y`.");
    type.def("map", &map, nb::arg("callback"),
             "Replaces each pixel by `callback(x, y, pixel)`, all of them or none.");
    type.def("blur", &blur, nb::arg("radius"),
             "Each pixel becomes the mean of the square around it. Without the GIL.");
    type.def("write",
             [](const Image &image, const nb::object &path) {
                 const std::string bytes = path_bytes(path);
                 image.reading().write(bytes);
             },
             nb::arg("path"), "Writes a PNG file.");
    type.def("close", &Image::close, "Frees the image now. Closing twice is fine.");
    type.def_prop_ro("closed", &Image::closed, "Whether it has been closed.");
    // by hand: closed
    type.def("__enter__", [](nb::handle_t<Image> self) {
        nb::cast<const Image &>(self).reading();
        return self;
    });
    type.def("__exit__", [](Image &image, const nb::args &) { image.close(); });
    // by hand: end
    type.def("__repr__", &repr);
}
