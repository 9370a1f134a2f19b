// The image: the class as Python sees it.
#include "convert.hpp"
#include "once.hpp"

namespace ink_boost {

namespace {

std::shared_ptr<Image> read(const FilePath &path) {
    return std::make_shared<Image>(ink::Image::read(path.value));
}

std::shared_ptr<Image> image_from_pixels(U32 width, U32 height, const py::object &data) {
    return from_pixels(width, height, data);
}

void write(const Image &image, const FilePath &path) { image.reading().write(path.value); }
std::uint32_t width(const Image &image) { return image.reading().width(); }
std::uint32_t height(const Image &image) { return image.reading().height(); }
void set_title(Image &image, const Text &title) { image.set_title(title.value); }
std::string describe(const Image &image) { return image.reading().describe(); }
ink::Pixel get(const Image &image, U32 x, U32 y) { return image.reading().get(x, y); }
void set(Image &image, U32 x, U32 y, ink::Pixel pixel) { image.changing().set(x, y, pixel); }

// by hand: buffer
py::object pixels(const py::object &image) {
    return py::object(py::handle<>(PyMemoryView_FromObject(image.ptr())));
}
// by hand: end

// by hand: gil
// ANCHOR: lets_go_by_hand
// Boost.Python has nothing for this. Whoever throws in between gets the GIL back first.
class ReleaseGil {
public:
    ReleaseGil() : state_(PyEval_SaveThread()) {}
    ~ReleaseGil() { PyEval_RestoreThread(state_); }
    ReleaseGil(const ReleaseGil &) = delete;
    ReleaseGil &operator=(const ReleaseGil &) = delete;

private:
    PyThreadState *state_;
};
// ANCHOR_END: lets_go_by_hand
// by hand: end

void blur(Image &image, U32 radius) {
    ink::Image &picture = image.changing();
    // by hand: busy
    const Mark mark(image.blurred); // set and cleared with the GIL
    // by hand: end
    // by hand: gil
    const ReleaseGil released;
    // by hand: end
    picture.blur(radius);
}

// by hand: closed
py::object enter(const py::object &image) {
    const Image &picture = py::extract<const Image &>(image);
    picture.reading();
    return image;
}

void leave(Image &image, const py::object &, const py::object &, const py::object &) {
    image.close();
}
// by hand: end

// by hand: repr
py::object repr(const Image &image) {
    if (image.closed()) {
        return py::str("<Image closed>");
    }
    if (image.blurred) {
        return py::str("<Image busy>");
    }
    return "<Image %r %sx%s>" % py::make_tuple(image.title(), image.width(), image.height());
}
// by hand: end

// by hand: pickling
struct ImagePickle : py::pickle_suite {
    static py::tuple getinitargs(const Image &image) {
        return py::make_tuple(width(image), height(image));
    }
    static py::tuple getstate(const py::object &image) {
        return py::make_tuple(pixels(image).attr("tobytes")(), image.attr("title"));
    }
    static void setstate(Image &image, const py::tuple &state) {
        const auto other = from_pixels(width(image), height(image), state[0]);
        image.changing() = std::move(*other);
        image.set_title(py::extract<std::string>(state[1]));
    }
    // The tag stays behind, so the state stands for `__dict__` too.
    static bool getstate_manages_dict() { return true; }
};
// by hand: end

} // namespace

void add_image() {
    accept<Text>();
    accept<FilePath>();
    // ANCHOR: a_class_in_one_breath
    py::class_<Image, std::shared_ptr<Image>, boost::noncopyable> image(
        "Image", "A picture with a title, freed when it is closed or forgotten.", py::no_init);
    image.def(py::init<U32, U32>(py::args("self", "width", "height"))[Once()])
        .def("from_pixels", image_from_pixels, py::args("width", "height", "data"),
             "An image with a copy of these pixels: three bytes each, row by row.")
        .staticmethod("from_pixels")
        .def("read", read, py::args("path"), "Reads a PNG file.")
        .staticmethod("read")
        .def("write", write, py::args("self", "path"), "Writes a PNG file.")
        .add_property("width", width, "How many pixels a row has.")
        .add_property("height", height, "How many rows there are.")
        .add_property("title", &Image::title, set_title, "The title; empty if there is none.")
    // ANCHOR_END: a_class_in_one_breath
        .def("describe", describe, "The image in words.")
        .def("get", get, py::args("self", "x", "y"), "The pixel in column `x` of row `y`.")
        .def("set", set, py::args("self", "x", "y", "pixel"),
             "Replaces the pixel in column `x` of row `y`.")
        .def("map", map, py::args("self", "callback"),
             "Replaces each pixel by `callback(x, y, pixel)`, all of them or none.")
        .def("blur", blur, py::args("self", "radius"),
             "Each pixel becomes the mean of the square around it. Without the GIL.")
        .def("pixels", pixels, "A read-only view of the library's own memory, row by row.")
        .def("close", &Image::close, "Frees the image now. Closing twice is fine.")
        .add_property("closed", &Image::closed, "Whether it has been closed.")
        .def("__enter__", enter)
        .def("__exit__", leave)
        .def("__repr__", repr)
        .def_pickle(ImagePickle());
    // Each object has a `__dict__`. This is what is found where that holds nothing.
    image.attr("tag") = py::object();
    auto *type = reinterpret_cast<PyTypeObject *>(image.ptr());
    add_buffer(type);
    add_garbage_collection(type);
}

} // namespace ink_boost
