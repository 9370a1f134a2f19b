// Buffers, out and in. Boost.Python knows nothing of them, so the slots are put into the class
// after it has been made. That is sound as long as it is done before the first subclass: a class
// that `type` makes has room for all slots, and looks at them at each use.
#include "binding.hpp"

namespace ink_boost {

namespace {

// by hand: buffer_protocol
// The layout of a view, which must stay where it is as long as the view.
struct Layout {
    Py_ssize_t shape[3];
    Py_ssize_t strides[3];
};

int get_buffer(PyObject *self, Py_buffer *view, int flags) {
    view->obj = nullptr;
    // No exception may leave a slot: the caller is C.
    return py::handle_exception([&] {
        const py::extract<Image &> found(self);
        if (!found.check()) {
            throw Refusal(PyExc_ValueError, "the image was never made");
        }
        Image &image = found();
        image.exporting();
        const Py_ssize_t width = image.width();
        auto layout = std::make_unique<Layout>(
            Layout{{image.height(), width, 3}, {width * 3, 3, 1}});
        auto *data = const_cast<std::uint8_t *>(image.data());
        if (PyBuffer_FillInfo(view, self, data, image.size_bytes(), 1, flags) < 0) {
            throw py::error_already_set();
        }
        // It knows one row of bytes. Who asks for a shape is given three dimensions.
        if (flags & PyBUF_ND) {
            view->ndim = 3;
            view->shape = layout->shape;
        }
        if ((flags & PyBUF_STRIDES) == PyBUF_STRIDES) {
            view->strides = layout->strides;
        }
        view->internal = layout.release();
        // by hand: end
        // by hand: exported
        ++image.exports;
        // by hand: end
        // by hand: buffer_protocol
    }) ? -1 : 0;
}

void release_buffer(PyObject *self, Py_buffer *view) {
    delete static_cast<Layout *>(view->internal);
    // by hand: end
    // by hand: exported
    --py::extract<Image &>(self)().exports; // the view keeps `self`, and `self` its picture
    // by hand: end
    // by hand: buffer_protocol
}
// by hand: end

// by hand: buffer
// Somebody's buffer, held as long as this.
class Lent {
public:
    explicit Lent(PyObject *object) {
        if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0) {
            throw py::error_already_set();
        }
    }
    ~Lent() { PyBuffer_Release(&view); }
    Lent(const Lent &) = delete;
    Lent &operator=(const Lent &) = delete;

    Py_buffer view;
};
// by hand: end

} // namespace

// by hand: buffer_protocol
void add_buffer(PyTypeObject *type) {
    type->tp_as_buffer->bf_getbuffer = get_buffer;
    type->tp_as_buffer->bf_releasebuffer = release_buffer;
}
// by hand: end

std::shared_ptr<Image> from_pixels(std::uint32_t width, std::uint32_t height,
                                   const py::object &data) {
    // by hand: buffer
    const Lent lent(data.ptr());
    const std::size_t length = lent.view.len;
    // ink.hpp takes whole pixels, so it could not see a byte too many.
    if (length % sizeof(ink::Pixel) != 0) {
        throw ink::Error(INK_STATUS_BAD_SIZE, "the pixels are no multiple of three bytes");
    }
    const auto *first = static_cast<const ink::Pixel *>(lent.view.buf);
    const std::vector<ink::Pixel> pixels(first, first + length / sizeof(ink::Pixel));
    // by hand: end
    return std::make_shared<Image>(ink::Image::from_pixels(width, height, pixels));
}

} // namespace ink_boost
