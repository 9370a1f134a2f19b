// What Python sees of an image: names, what help() says, and which C function does it.
#include "ink_py.h"

// by hand: signature
// A C function has no parameter names that Python could see. The first line of its documentation,
// up to the two dashes, is read in their place, and nobody compares it with what `parse` takes.
PyDoc_STRVAR(image_doc, "Image(width, height)\n--\n\n"
                        "A picture with a title, freed when it is closed or forgotten.");
PyDoc_STRVAR(from_pixels_doc,
             "from_pixels($type, width, height, data)\n--\n\n"
             "An image with a copy of these pixels: three bytes each, row by row.");
PyDoc_STRVAR(read_doc, "read($type, path)\n--\n\nReads a PNG file.");
PyDoc_STRVAR(write_doc, "write($self, path)\n--\n\nWrites a PNG file.");
PyDoc_STRVAR(describe_doc, "describe($self)\n--\n\nThe image in words.");
PyDoc_STRVAR(get_doc, "get($self, x, y)\n--\n\nThe pixel in column `x` of row `y`.");
PyDoc_STRVAR(set_doc, "set($self, x, y, pixel)\n--\n\n"
                      "Replaces the pixel in column `x` of row `y`.");
PyDoc_STRVAR(map_doc, "map($self, callback)\n--\n\n"
                      "Replaces each pixel by `callback(x, y, pixel)`, all of them or none.");
PyDoc_STRVAR(blur_doc, "blur($self, radius)\n--\n\n"
                       "Each pixel becomes the mean of the square around it. Without the GIL.");
PyDoc_STRVAR(pixels_doc, "pixels($self)\n--\n\n"
                         "A read-only view of the library's own memory, row by row.");
PyDoc_STRVAR(close_doc, "close($self)\n--\n\nFrees the image now. Closing twice is fine.");
PyDoc_STRVAR(enter_doc, "__enter__($self)\n--\n\nThe image itself.");
PyDoc_STRVAR(exit_doc, "__exit__($self, *exception)\n--\n\nCloses the image.");
PyDoc_STRVAR(reduce_doc, "__reduce__($self)\n--\n\nHelps pickle.");
// by hand: end

// METH_METHOD hands a method the class that it was defined in, and the class knows its module.
// The cast through `void (*)(void)` tells the compiler that the flags say which type it really is.
#define WITH_CLASS (METH_METHOD | METH_FASTCALL | METH_KEYWORDS)
#define FUNCTION(name) (PyCFunction)(void (*)(void))(name)

static PyMethodDef image_methods[] = {
    {"from_pixels", FUNCTION(image_from_pixels), METH_CLASS | WITH_CLASS, from_pixels_doc},
    {"read", FUNCTION(image_read), METH_CLASS | WITH_CLASS, read_doc},
    {"write", FUNCTION(image_write), WITH_CLASS, write_doc},
    {"describe", FUNCTION(image_describe), WITH_CLASS, describe_doc},
    {"get", FUNCTION(image_get), WITH_CLASS, get_doc},
    {"set", FUNCTION(image_set), WITH_CLASS, set_doc},
    {"map", FUNCTION(image_map), WITH_CLASS, map_doc},
    {"blur", FUNCTION(image_blur), WITH_CLASS, blur_doc},
    {"pixels", image_pixels, METH_NOARGS, pixels_doc},
    {"close", image_close, METH_NOARGS, close_doc},
    {"__enter__", image_enter, METH_NOARGS, enter_doc},
    {"__exit__", FUNCTION(image_exit), METH_FASTCALL, exit_doc},
    {"__reduce__", image_reduce, METH_NOARGS, reduce_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef image_properties[] = {
    {"width", image_width, NULL, "How many pixels a row has.", NULL},
    {"height", image_height, NULL, "How many rows there are.", NULL},
    {"title", image_title, image_set_title, "The title; empty if there is none.", NULL},
    {"closed", image_closed, NULL, "Whether it has been closed.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

// by hand: weakref
// A weak reference is found through its object, which needs a place for it. From 3.12 on a flag
// asks Python for one; before, a member of this name says where it is.
#if PY_VERSION_HEX >= 0x030C0000
#define WEAKLY Py_TPFLAGS_MANAGED_WEAKREF
#define WEAK_MEMBER
#else
#define WEAKLY 0
#define WEAK_MEMBER                                                                               \
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Image, weak_references), READONLY, NULL},
#endif
// by hand: end

static PyMemberDef image_members[] = {
    {"tag", T_OBJECT_EX, offsetof(Image, tag), 0, "Any Python object that goes with the picture."},
    WEAK_MEMBER
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot image_slots[] = {
    {Py_tp_doc, (void *)image_doc},
    {Py_tp_new, image_new},
    {Py_tp_init, image_init},
    {Py_tp_dealloc, image_dealloc},
    {Py_tp_traverse, image_traverse},
    {Py_tp_clear, image_clear},
    {Py_tp_repr, image_repr},
    {Py_tp_methods, image_methods},
    {Py_tp_getset, image_properties},
    {Py_tp_members, image_members},
    {Py_bf_getbuffer, image_getbuffer},
    {Py_bf_releasebuffer, image_releasebuffer},
    {0, NULL},
};

PyType_Spec image_spec = {
    .name = "ink_capi_c.Image", // gives __module__ and __name__
    .basicsize = sizeof(Image),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC |
             Py_TPFLAGS_IMMUTABLETYPE | WEAKLY,
    .slots = image_slots,
};
