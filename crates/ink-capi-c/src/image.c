// An image's life: who makes it, who frees it, and how the garbage collector sees it.
#include "ink_py.h"

// by hand: ownership
PyObject *image_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwargs))
{
    Image *self = (Image *)type->tp_alloc(type, 0); // NEW, all zero: there is no handle yet
    if (self != NULL) {
        self->tag = Py_NewRef(Py_None);
    }
    return (PyObject *)self;
}

// From here on `self` owns the handle.
static void adopt(Image *self, InkImage *handle)
{
    self->handle = handle;
    self->shape[0] = ink_image_height(handle);
    self->shape[1] = ink_image_width(handle);
    self->shape[2] = self->strides[1] = sizeof(InkPixel);
    self->strides[0] = self->shape[1] * self->strides[1];
    self->strides[2] = 1;
}

// For from_pixels and read: an object without a call of __init__, which may want other arguments.
PyObject *image_owner(PyTypeObject *type, InkImage *handle)
{
    PyObject *self = image_new(type, NULL, NULL);
    if (self == NULL) {
        ink_image_free(handle); // nobody else would
        return NULL;
    }
    adopt((Image *)self, handle);
    return self;
}

int image_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"width", "height", NULL};
    PyObject *first, *second; // BORROWED
    uint32_t width, height;
    State *state = state_of(op);
    if (state == NULL ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "OO:Image", names, &first, &second) ||
        as_u32(first, "width", &width) < 0 || as_u32(second, "height", &height) < 0) {
        return -1;
    }
    if (((Image *)op)->handle != NULL) { // Python lets anybody call __init__ again
        PyErr_SetString(PyExc_RuntimeError, "the image has been made already");
        return -1;
    }
    InkImage *handle; // OWNED, if it works
    InkStatus status = ink_image_new(width, height, &handle);
    if (status != INK_STATUS_OK) {
        raise_status(state, status);
        return -1;
    }
    adopt((Image *)op, handle);
    return 0;
}

static void free_handle(Image *self)
{
    InkImage *handle = self->handle;
    self->handle = NULL; // first, so that nobody finds a handle that is being freed
    ink_image_free(handle);
}
// by hand: end

// by hand: cycles
// Shows the garbage collector each reference that the object holds. One too few and a cycle is
// never found; one too many and it frees what is in use.
int image_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op)); // an object of a class made at run time holds its class
    Py_VISIT(((Image *)op)->tag);
    return 0;
}

// Breaks a cycle. The handle stays: a view may still be looked at before it is cleared itself.
int image_clear(PyObject *op)
{
    Py_CLEAR(((Image *)op)->tag);
    return 0;
}
// by hand: end

// by hand: ownership
// When the last reference has gone. No view is out, since each holds a reference, and no method
// runs, since its caller holds one.
void image_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    PyObject_GC_UnTrack(op); // before anything is gone that image_traverse would look at
    // A tag may be an image with a tag that is an image…: the trashcan makes a list of what would
    // be a recursion as deep as the chain is long.
    Py_TRASHCAN_BEGIN(op, image_dealloc)
    PyObject_ClearWeakRefs(op); // they now find nothing, and their callbacks are called
    image_clear(op);
    free_handle((Image *)op);
    type->tp_free(op);
    Py_DECREF(type);
    Py_TRASHCAN_END
}
// by hand: end

// by hand: closed
static int close_now(Image *self)
{
    if (self->handle == NULL) {
        return 0;
    }
    if (may_change(self) < 0) {
        return -1;
    }
    free_handle(self);
    return 0;
}

PyObject *image_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return close_now((Image *)op) < 0 ? NULL : Py_NewRef(Py_None);
}

PyObject *image_enter(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return may_read((Image *)op) < 0 ? NULL : Py_NewRef(op); // `op` is BORROWED, a result is NEW
}

// None, which is false: an exception goes on its way.
PyObject *image_exit(PyObject *op, PyObject *const *Py_UNUSED(args), Py_ssize_t Py_UNUSED(nargs))
{
    return image_close(op, NULL);
}

PyObject *image_closed(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Image *)op)->handle == NULL);
}
// by hand: end
