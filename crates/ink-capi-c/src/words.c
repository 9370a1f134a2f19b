// An image in words and in pickles: what other code makes of it without knowing it.
#include "ink_py.h"

// by hand: repr
// It never fails because of what the image is doing: a debugger may ask at any time.
PyObject *image_repr(PyObject *op)
{
    Image *self = (Image *)op;
    if (self->handle == NULL || self->blurred) {
        return PyUnicode_FromString(self->blurred ? "<Image busy>" : "<Image closed>");
    }
    PyObject *title = PyUnicode_FromString(ink_image_title(self->handle)); // NEW
    if (title == NULL) {
        return NULL;
    }
    PyObject *words = PyUnicode_FromFormat("<Image %R %ux%u>", title, ink_image_width(self->handle),
                                           ink_image_height(self->handle));
    Py_DECREF(title);
    return words;
}
// by hand: end

// by hand: pickling
// What pickle and copy ask for: a function, its arguments, and the state to be set after. A state
// that is a pair has in its second half what is set as attributes: here the title. The tag is
// left behind.
PyObject *image_reduce(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Image *self = (Image *)op;
    if (may_read(self) < 0) {
        return NULL;
    }
    const uint8_t *data; // BORROWED from the image
    size_t length;
    if (ink_image_pixels(self->handle, &data, &length) != INK_STATUS_OK) {
        PyErr_SetString(PyExc_RuntimeError, ink_last_error_message());
        return NULL;
    }
    // Of the object's own class, so that a subclass comes back as what it was.
    PyObject *from_pixels = PyObject_GetAttrString((PyObject *)Py_TYPE(op), "from_pixels"); // NEW
    if (from_pixels == NULL) {
        return NULL;
    }
    // "N" steals: Py_BuildValue gives `from_pixels` back, even if it fails.
    return Py_BuildValue("N(IIy#)(O{s:s})", from_pixels, ink_image_width(self->handle),
                         ink_image_height(self->handle), (const char *)data, (Py_ssize_t)length,
                         Py_None, "title", ink_image_title(self->handle));
}
// by hand: end
