// Who may do what with an image while somebody else uses it. The library has no lock.
//
// Each function is asked with the GIL held, and what it allows is done before the GIL is let go,
// or leaves a mark first (blur, map, a buffer). So nobody comes in between.
#include "ink_py.h"

// by hand: closed
static int is_open(Image *self)
{
    if (self->handle != NULL) {
        return 0;
    }
    PyErr_SetString(PyExc_ValueError, "the image is closed");
    return -1;
}
// by hand: end

// by hand: busy
int may_read(Image *self)
{
    if (is_open(self) < 0) {
        return -1;
    }
    if (self->blurred) {
        PyErr_SetString(PyExc_RuntimeError, "another thread blurs the image");
        return -1;
    }
    return 0;
}
// by hand: end

// by hand: exported
// For what changes the image but no pixel.
int may_set_title(Image *self)
{
    if (may_read(self) < 0) {
        return -1;
    }
    if (self->mapped) {
        PyErr_SetString(PyExc_RuntimeError, "the image is being mapped");
        return -1;
    }
    return 0;
}

int may_change(Image *self)
{
    if (may_set_title(self) < 0) {
        return -1;
    }
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError,
                        "somebody looks at the pixels: release the memoryview first");
        return -1;
    }
    return 0;
}

// For a buffer, whose protocol knows one exception for "not now".
int may_export(Image *self)
{
    if (is_open(self) < 0) {
        return -1;
    }
    if (self->mapped || self->blurred) {
        PyErr_SetString(PyExc_BufferError, "the pixels of the image are being changed");
        return -1;
    }
    return 0;
}
// by hand: end
