// The pixel: three bytes in a Python object, made once and never changed.
#include "ink_py.h"

// by hand: values
// Steps that each object of a class made at run time goes through: tp_alloc takes a reference to
// the class for it, and pixel_dealloc gives that back.
static PyObject *create(PyTypeObject *type, InkPixel value)
{
    Pixel *self = (Pixel *)type->tp_alloc(type, 0); // NEW
    if (self != NULL) {
        self->value = value;
    }
    return (PyObject *)self;
}

static PyObject *pixel_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"r", "g", "b", NULL};
    PyObject *r, *g, *b; // BORROWED from `args` and `kwargs`
    InkPixel value;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOO:Pixel", names, &r, &g, &b) ||
        as_u8(r, "r", &value.r) < 0 || as_u8(g, "g", &value.g) < 0 ||
        as_u8(b, "b", &value.b) < 0) {
        return NULL;
    }
    return create(type, value);
}

PyObject *pixel_from_c(State *state, InkPixel value)
{
    return create(state->pixel_type, value);
}

int pixel_to_c(State *state, PyObject *object, InkPixel *out)
{
    if (!Py_IS_TYPE(object, state->pixel_type)) { // it has no subclasses
        PyErr_Format(PyExc_TypeError, "expected a Pixel, not %s", Py_TYPE(object)->tp_name);
        return -1;
    }
    *out = ((Pixel *)object)->value;
    return 0;
}

static uint32_t packed(PyObject *op)
{
    InkPixel value = ((Pixel *)op)->value;
    return (uint32_t)value.r << 16 | (uint32_t)value.g << 8 | value.b;
}

static PyObject *pixel_richcompare(PyObject *op, PyObject *other, int how)
{
    if (!Py_IS_TYPE(other, Py_TYPE(op)) || (how != Py_EQ && how != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED; // a new reference, even to this: let the other one try
    }
    return PyBool_FromLong((packed(op) == packed(other)) == (how == Py_EQ));
}

static Py_hash_t pixel_hash(PyObject *op)
{
    return (Py_hash_t)packed(op); // never -1, which would mean an error
}
// by hand: end

// by hand: cycles
// A pixel refers to its class, and so the garbage collector has to know it.
static int pixel_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    return 0;
}

static void pixel_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);
    PyObject_GC_UnTrack(op);
    type->tp_free(op);
    Py_DECREF(type); // last: the class may go with its last pixel, and tp_free is the class's
}
// by hand: end

// by hand: repr
static PyObject *pixel_repr(PyObject *op)
{
    InkPixel value = ((Pixel *)op)->value;
    return PyUnicode_FromFormat("Pixel(r=%d, g=%d, b=%d)", value.r, value.g, value.b);
}
// by hand: end

static PyObject *pixel_luma(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(ink_pixel_luma(((Pixel *)op)->value)); // the struct goes by value
}

// by hand: pickling
static PyObject *pixel_reduce(PyObject *op, PyObject *Py_UNUSED(unused))
{
    InkPixel value = ((Pixel *)op)->value;
    return Py_BuildValue("O(iii)", Py_TYPE(op), value.r, value.g, value.b); // "O" takes its own
}
// by hand: end

// by hand: signature
PyDoc_STRVAR(pixel_doc, "Pixel(r, g, b)\n--\n\n"
                        "One pixel: red, green and blue, from 0 to 255. It cannot be changed.");
PyDoc_STRVAR(luma_doc, "luma($self)\n--\n\nHow bright it looks, 0 to 255.");
PyDoc_STRVAR(reduce_doc, "__reduce__($self)\n--\n\nHelps pickle.");
// by hand: end

static PyMemberDef pixel_members[] = {
    {"r", T_UBYTE, offsetof(Pixel, value.r), READONLY, "Red"},
    {"g", T_UBYTE, offsetof(Pixel, value.g), READONLY, "Green"},
    {"b", T_UBYTE, offsetof(Pixel, value.b), READONLY, "Blue"},
    {NULL, 0, 0, 0, NULL},
};

static PyMethodDef pixel_methods[] = {
    {"luma", pixel_luma, METH_NOARGS, luma_doc},
    {"__reduce__", pixel_reduce, METH_NOARGS, reduce_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot pixel_slots[] = {
    {Py_tp_doc, (void *)pixel_doc},
    {Py_tp_new, pixel_new},
    {Py_tp_dealloc, pixel_dealloc},
    {Py_tp_traverse, pixel_traverse},
    {Py_tp_richcompare, pixel_richcompare},
    {Py_tp_hash, pixel_hash},
    {Py_tp_repr, pixel_repr},
    {Py_tp_members, pixel_members},
    {Py_tp_methods, pixel_methods},
    {0, NULL},
};

PyType_Spec pixel_spec = {
    .name = "ink_capi_c.Pixel", // gives __module__ and __name__
    .basicsize = sizeof(Pixel),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pixel_slots,
};
