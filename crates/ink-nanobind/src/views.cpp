// Pixels without a copy: buffers that go out, buffers that come in, and pickles, which are both.
#include "parts.hpp"

#include <tuple>

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>

#include "number.hpp"

// by hand: buffer_protocol
// nanobind has `nb::ndarray` for arrays that go out, but it asks to be told of no release, and the
// garbage collector cannot look through it. So these are CPython's own slots.
namespace {

struct Layout {
    Py_ssize_t shape[3];
    Py_ssize_t strides[3];
};

int get_buffer(PyObject *self, Py_buffer *view, int flags) noexcept {
    view->obj = nullptr; // what a refusal must leave behind
    try {
        Image &image = nb::cast<Image &>(nb::handle(self));
        const ink::Image &picture = image.reading();
        if (image.mapped) {
            throw std::runtime_error("the image is being changed by `map`");
        }
        const Py_ssize_t width = picture.width(), height = picture.height();
        // It says "read-only", and refuses who wants to write; nobody will write through it.
        auto *data = const_cast<std::uint8_t *>(picture.data());
        if (PyBuffer_FillInfo(view, self, data, width * height * 3, 1, flags) < 0) {
            return -1;
        }
        if (flags & PyBUF_ND) {
            auto *layout = new Layout{{height, width, 3}, {width * 3, 3, 1}};
            view->internal = layout;
            view->ndim = 3;
            view->shape = layout->shape;
            view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? layout->strides : nullptr;
        }
        // by hand: end
        // by hand: exported
        ++image.views;
        // by hand: end
        // by hand: buffer_protocol
        return 0;
    } catch (const std::exception &error) {
        PyErr_SetString(PyExc_BufferError, error.what()); // no exception can pass through a slot
        return -1;
    }
}

void release_buffer(PyObject *self, Py_buffer *view) noexcept {
    delete static_cast<Layout *>(view->internal);
    // by hand: end
    // by hand: exported
    --nb::inst_ptr<Image>(nb::handle(self))->views;
    // by hand: end
    // by hand: buffer_protocol
}

} // namespace

PyType_Slot buffer_slots[] = {
    {Py_bf_getbuffer, reinterpret_cast<void *>(get_buffer)},
    {Py_bf_releasebuffer, reinterpret_cast<void *>(release_buffer)},
    {0, nullptr},
};
// by hand: end

// by hand: buffer
// ink.hpp takes a vector, so the bytes are copied twice: into the vector, and by the library.
static Image made_of(std::uint32_t width, std::uint32_t height, const void *data,
                     std::size_t bytes) {
    if (bytes % sizeof(ink::Pixel) != 0) {
        throw ink::Error(INK_STATUS_BAD_SIZE, "a pixel takes 3 bytes, and there are " +
                                                  std::to_string(bytes) + " in all");
    }
    const auto *first = static_cast<const ink::Pixel *>(data);
    const std::vector<ink::Pixel> pixels(first, first + bytes / sizeof(ink::Pixel));
    return Image(ink::Image::from_pixels(width, height, pixels));
}

static nb::object pixels(nb::handle_t<Image> self) {
    nb::cast<const Image &>(self).reading(); // a closed image is a ValueError, not a BufferError
    const nb::object view = nb::steal(PyMemoryView_FromObject(self.ptr()));
    if (!view.is_valid()) {
        throw nb::python_error();
    }
    return view;
}
// by hand: end

void add_views(ImageClass &type) {
    // Bytes that lie in one piece: the type says so, and nanobind refuses everything else.
    using Bytes = nb::ndarray<const std::uint8_t, nb::c_contig, nb::device::cpu>;
    type.def_static(
        "from_pixels",
        [](U32 width, U32 height, const Bytes &data) {
            return made_of(width, height, data.data(), data.nbytes());
        },
        nb::arg("width"), nb::arg("height"), nb::arg("data").noconvert(),
        "An image with a copy of these pixels: three bytes each, row by row.");
    type.def("pixels", &pixels, "A read-only view of the library's own memory, row by row.");
    // by hand: pickling
    using State = std::tuple<std::uint32_t, std::uint32_t, nb::bytes, std::string>;
    type.def("__getstate__", [](const Image &image) {
        const ink::Image &picture = image.reading();
        return State(picture.width(), picture.height(),
                     nb::bytes(picture.data(), picture.size_bytes()), picture.title());
    });
    type.def("__setstate__", [](Image &made, const State &state) {
        const auto &[width, height, data, title] = state;
        Image image = made_of(width, height, data.data(), data.size());
        image.set_title(title);
        new (&made) Image(std::move(image)); // the memory is there, and empty
    });
    // by hand: end
}
