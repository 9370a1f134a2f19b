// Pixels without a copy: buffers that go out, buffers that come in, and pickles, which are both.
#include "parts.hpp"

#include <cstring>

#include "doc.hpp"
#include "number.hpp"

// by hand: buffer_protocol
static py::buffer_info buffer(const Image &image) {
    const ink::Image &picture = image.reading();
    if (image.mapped) {
        throw std::runtime_error("the image is being changed by `map`");
    }
    const py::ssize_t width = picture.width(), height = picture.height();
    // It says "read-only", so nobody will write through this address.
    auto *data = const_cast<std::uint8_t *>(picture.data());
    const py::ssize_t three = 3, one = 1;
    return {data, {height, width, three}, {width * three, three, one}, true};
}
// by hand: end

// by hand: exported
// pybind11 tells nobody when a buffer is released, so its two functions are wrapped. They are in
// its namespace `detail`; the slots that hold them are public, but a slot's function cannot
// remember what was there before it.
py::custom_type_setup count_views() {
    return py::custom_type_setup([](PyHeapTypeObject *type) {
        type->as_buffer.bf_getbuffer = [](PyObject *self, Py_buffer *view, int flags) {
            const int result = py::detail::pybind11_getbuffer(self, view, flags);
            if (result == 0) {
                ++py::handle(self).cast<Image &>().views;
            }
            return result;
        };
        type->as_buffer.bf_releasebuffer = [](PyObject *self, Py_buffer *view) {
            --py::handle(self).cast<Image &>().views;
            py::detail::pybind11_releasebuffer(self, view);
        };
    });
}
// by hand: end

// by hand: buffer
// ink.hpp takes a vector, so the bytes are copied twice: into the vector, and by the library.
static Image from_pixels(U32 width, U32 height, const py::buffer &data) {
    const py::buffer_info info = data.request();
    if (!PyBuffer_IsContiguous(info.view(), 'C')) {
        throw py::buffer_error("the pixels must lie in one piece");
    }
    const auto bytes = static_cast<std::size_t>(info.size * info.itemsize);
    if (bytes % sizeof(ink::Pixel) != 0) {
        throw ink::Error(INK_STATUS_BAD_SIZE, "a pixel takes 3 bytes, and there are " +
                                                  std::to_string(bytes) + " in all");
    }
    std::vector<ink::Pixel> pixels(bytes / sizeof(ink::Pixel));
    if (bytes > 0) {
        std::memcpy(pixels.data(), info.ptr, bytes);
    }
    return Image(ink::Image::from_pixels(width, height, pixels));
}

static py::memoryview pixels(const py::object &self) {
    self.cast<const Image &>().reading(); // a closed image is a ValueError, not a BufferError
    return py::memoryview(self);
}
// by hand: end

void add_views(ImageClass &type) {
    type.def_buffer(&buffer);
    type.def_static("from_pixels", &from_pixels, py::arg("width"), py::arg("height"),
                    py::arg("data"),
                    "from_pixels(width, height, data)\n--\n\n"
                    "An image with a copy of these pixels: three bytes each, row by row.");
    method(type, "pixels", &pixels, "A read-only view of the library's own memory, row by row.");
    // by hand: pickling
    using State = std::tuple<std::uint32_t, std::uint32_t, py::bytes, std::string>;
    type.def(py::pickle(
        [](const Image &image) {
            const ink::Image &picture = image.reading();
            const auto *data = reinterpret_cast<const char *>(picture.data());
            return State(picture.width(), picture.height(), py::bytes(data, picture.size_bytes()),
                         picture.title());
        },
        [](const State &state) {
            const auto &[width, height, data, title] = state;
            Image image = from_pixels(U32{width}, U32{height}, data);
            image.set_title(title);
            return image;
        }));
    // by hand: end
}
