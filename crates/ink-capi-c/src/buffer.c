// The buffer protocol: memoryview(image), numpy.asarray(image), image.pixels(), without a copy.
#include "ink_py.h"

// by hand: buffer_protocol
// A consumer says in `flags` what it understands. What it does not ask for is left NULL.
static int check_flags(int flags)
{
    if (flags & PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "the pixels cannot be written through a buffer");
        return -1;
    }
    if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS) {
        PyErr_SetString(PyExc_BufferError, "the pixels lie row by row, not column by column");
        return -1;
    }
    return 0;
}

static void fill(Image *self, Py_buffer *view, int flags, const uint8_t *data, size_t length)
{
    bool shaped = (flags & PyBUF_ND) != 0;
    view->buf = (void *)data; // the library's own memory; `readonly` below takes the place of const
    view->len = (Py_ssize_t)length;
    view->itemsize = 1;
    view->readonly = 1;
    view->format = flags & PyBUF_FORMAT ? "B" : NULL;
    view->ndim = shaped ? 3 : 1;
    view->shape = shaped ? self->shape : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? self->strides : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
}

int image_getbuffer(PyObject *op, Py_buffer *view, int flags)
{
    Image *self = (Image *)op;
    view->obj = NULL; // what the protocol wants of a refusal
    if (may_export(self) < 0 || check_flags(flags) < 0) {
        return -1;
    }
    const uint8_t *data;
    size_t length;
    InkStatus status = ink_image_pixels(self->handle, &data, &length);
    if (status != INK_STATUS_OK) {
        PyErr_SetString(PyExc_BufferError, ink_last_error_message());
        return -1;
    }
    fill(self, view, flags, data, length);
    view->obj = Py_NewRef(op); // NEW: this is what keeps the image alive under the buffer
    // by hand: end
    // by hand: exported
    self->exports++;
    return 0;
}

// PyBuffer_Release calls this, and gives back view->obj itself.
void image_releasebuffer(PyObject *op, Py_buffer *Py_UNUSED(view))
{
    ((Image *)op)->exports--;
}
// by hand: end

// by hand: buffer
PyObject *image_pixels(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyMemoryView_FromObject(op); // NEW; it asks image_getbuffer
}

METHOD(image_from_pixels)
{
    static const char *const names[] = {"width", "height", "data", NULL};
    PyObject *given[3]; // BORROWED
    uint32_t width, height;
    if (parse("from_pixels", names, args, nargs, kwnames, given) < 0 ||
        as_u32(given[0], "width", &width) < 0 || as_u32(given[1], "height", &height) < 0) {
        return NULL;
    }
    Py_buffer view; // PyBUF_SIMPLE: bytes in one piece, whatever they mean; else a BufferError
    if (PyObject_GetBuffer(given[2], &view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    // An empty buffer may have no address at all, and that is no reason to speak of NULL.
    const uint8_t *data = view.buf == NULL ? (const uint8_t *)"" : view.buf;
    InkImage *handle; // OWNED, if it works
    InkStatus status = ink_image_from_pixels(width, height, data, (size_t)view.len, &handle);
    // `op` is the class it was called on, which may be a subclass of `cls`.
    PyObject *image = status == INK_STATUS_OK ? image_owner((PyTypeObject *)op, handle)
                                              : raise_status(PyType_GetModuleState(cls), status);
    PyBuffer_Release(&view);
    return image;
}
// by hand: end
