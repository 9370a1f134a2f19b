// The short calls: from Python to C, one call of the library, and back. The GIL is held.
//
// Each has the same four steps, and their order matters: turn the arguments into C, which may run
// Python code; ask whether the image may be used; call; turn the result into Python.
#include "ink_py.h"

METHOD(image_get)
{
    static const char *const names[] = {"x", "y", NULL};
    PyObject *given[2]; // BORROWED
    uint32_t x, y;
    if (parse("get", names, args, nargs, kwnames, given) < 0 || as_u32(given[0], "x", &x) < 0 ||
        as_u32(given[1], "y", &y) < 0 || may_read((Image *)op) < 0) {
        return NULL;
    }
    State *state = PyType_GetModuleState(cls);
    InkPixel pixel;
    InkStatus status = ink_image_get_pixel(((Image *)op)->handle, x, y, &pixel);
    return status == INK_STATUS_OK ? pixel_from_c(state, pixel) : raise_status(state, status);
}

METHOD(image_set)
{
    static const char *const names[] = {"x", "y", "pixel", NULL};
    PyObject *given[3]; // BORROWED
    uint32_t x, y;
    InkPixel pixel;
    State *state = PyType_GetModuleState(cls);
    if (parse("set", names, args, nargs, kwnames, given) < 0 || as_u32(given[0], "x", &x) < 0 ||
        as_u32(given[1], "y", &y) < 0 || pixel_to_c(state, given[2], &pixel) < 0 ||
        may_change((Image *)op) < 0) {
        return NULL;
    }
    return none_or_raise(state, ink_image_set_pixel(((Image *)op)->handle, x, y, pixel));
}

PyObject *image_width(PyObject *op, void *Py_UNUSED(unused))
{
    Image *self = (Image *)op;
    return may_read(self) < 0 ? NULL : PyLong_FromUnsignedLong(ink_image_width(self->handle));
}

PyObject *image_height(PyObject *op, void *Py_UNUSED(unused))
{
    Image *self = (Image *)op;
    return may_read(self) < 0 ? NULL : PyLong_FromUnsignedLong(ink_image_height(self->handle));
}

PyObject *image_title(PyObject *op, void *Py_UNUSED(unused))
{
    Image *self = (Image *)op;
    // ink_image_title is BORROWED from the image; the str is a copy.
    return may_read(self) < 0 ? NULL : PyUnicode_FromString(ink_image_title(self->handle));
}

int image_set_title(PyObject *op, PyObject *title, void *Py_UNUSED(unused))
{
    if (title == NULL) { // `del image.title`
        PyErr_SetString(PyExc_AttributeError, "the title cannot be deleted");
        return -1;
    }
    State *state = state_of(op);
    const char *utf8 = state == NULL ? NULL : as_utf8(state, title, "the title"); // BORROWED
    if (utf8 == NULL || may_set_title((Image *)op) < 0) {
        return -1;
    }
    InkStatus status = ink_image_set_title(((Image *)op)->handle, utf8); // LENT: it copies
    if (status != INK_STATUS_OK) {
        raise_status(state, status);
        return -1;
    }
    return 0;
}

METHOD(image_describe)
{
    static const char *const names[] = {NULL};
    if (parse("describe", names, args, nargs, kwnames, NULL) < 0 || may_read((Image *)op) < 0) {
        return NULL;
    }
    char *words;
    InkStatus status = ink_image_describe(((Image *)op)->handle, &words);
    if (status != INK_STATUS_OK) {
        return raise_status(PyType_GetModuleState(cls), status);
    }
    // by hand: ownership
    PyObject *text = PyUnicode_FromString(words); // NEW, or NULL without memory
    ink_string_free(words);                       // OWNED: ours to free, whichever it was
    return text;
    // by hand: end
}

METHOD(image_read)
{
    static const char *const names[] = {"path", NULL};
    PyObject *given[1]; // BORROWED
    State *state = PyType_GetModuleState(cls);
    if (parse("read", names, args, nargs, kwnames, given) < 0) {
        return NULL;
    }
    PyObject *path = as_path(state, given[0]); // NEW
    if (path == NULL) {
        return NULL;
    }
    InkImage *handle; // OWNED, if it works
    InkStatus status;
    // Nobody else knows the new image, and `path` is ours: others may run meanwhile.
    Py_BEGIN_ALLOW_THREADS
    status = ink_image_read(PyBytes_AS_STRING(path), &handle);
    Py_END_ALLOW_THREADS
    Py_DECREF(path);
    return status == INK_STATUS_OK ? image_owner((PyTypeObject *)op, handle)
                                   : raise_status(state, status);
}

METHOD(image_write)
{
    static const char *const names[] = {"path", NULL};
    PyObject *given[1]; // BORROWED
    State *state = PyType_GetModuleState(cls);
    if (parse("write", names, args, nargs, kwnames, given) < 0) {
        return NULL;
    }
    PyObject *path = as_path(state, given[0]); // NEW
    if (path == NULL) {
        return NULL;
    }
    PyObject *done = NULL;
    if (may_read((Image *)op) == 0) {
        // With the GIL: it is the only lock there is, and the file is to show one moment.
        InkStatus status = ink_image_write(((Image *)op)->handle, PyBytes_AS_STRING(path));
        done = none_or_raise(state, status);
    }
    Py_DECREF(path);
    return done;
}
