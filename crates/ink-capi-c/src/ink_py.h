// What the files of this binding share: the shape of the objects, and who offers what.
//
// Three words about references stand in all comments. NEW: it is yours, and you give it back with
// Py_DECREF. BORROWED: it is somebody else's, and good as long as they keep it. STOLEN: it was
// yours, and the call has taken it over, even if it fails.
//
// The GIL is held everywhere but between Py_BEGIN_ALLOW_THREADS and Py_END_ALLOW_THREADS. It is
// what protects the marks of an image: they are plain fields, without a lock. A build of Python
// without the GIL is therefore not supported, and module.c says so.
#ifndef INK_PY_H
#define INK_PY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <structmember.h>

#include "ink.h"
#include "older.h"

// ---- State ----------------------------------------------------------------------------------

// What another extension would keep in `static PyObject *`: each interpreter has its own, because
// an object of one interpreter must not be touched by another.
typedef struct {
    PyTypeObject *pixel_type;
    PyTypeObject *image_type;
    PyObject *ink_error;
    PyObject *ink_io_error;
    PyObject *bell; // what on_work() was given; NULL if nothing
} State;

// In METH_METHOD functions `PyType_GetModuleState(cls)` finds it. Slots and properties are not
// told which class they belong to, and ask here. BORROWED; NULL with an exception set.
State *state_of(PyObject *self);

// ---- Objects --------------------------------------------------------------------------------

typedef struct {
    PyObject_HEAD
    InkPixel value;
} Pixel;

typedef struct {
    PyObject_HEAD
    InkImage *handle; // OWNED: ink_image_free() is ours to call. NULL: closed, or never made
    PyObject *tag;    // ours, never NULL but in tp_clear
    bool mapped;      // the callback of map() runs
    bool blurred;     // blur() runs, without the GIL
    Py_ssize_t exports; // how many buffers are out
    Py_ssize_t shape[3], strides[3]; // what those buffers point to
    PyObject *weak_references; // used before 3.12, which has a place of its own for it
} Image;

extern PyModuleDef ink_module;
extern PyType_Spec pixel_spec, image_spec;

// pixel.c
PyObject *pixel_from_c(State *state, InkPixel value);               // NEW
int pixel_to_c(State *state, PyObject *object, InkPixel *out);      // 0, or -1 with TypeError

// arguments.c
int parse(const char *function, const char *const names[], PyObject *const *args,
          Py_ssize_t nargs, PyObject *kwnames, PyObject *out[]);
int as_u32(PyObject *object, const char *name, uint32_t *out);
int as_u8(PyObject *object, const char *name, uint8_t *out);

// text.c
const char *as_utf8(State *state, PyObject *text, const char *what); // BORROWED from `text`
PyObject *as_path(State *state, PyObject *path);                     // NEW: bytes without a NUL

// errors.c
int errors_create(PyObject *module, State *state);
PyObject *raise_status(State *state, InkStatus status);              // always NULL
PyObject *none_or_raise(State *state, InkStatus status);             // NEW, or NULL
PyObject *raise_invalid_text(State *state, const char *format, const char *what); // always NULL

// use.c: may this be done with the image now? 0, or -1 with an exception set
int may_read(Image *self);
int may_set_title(Image *self);
int may_change(Image *self);
int may_export(Image *self);

// The functions that tables in other files name. The first list is of METH_METHOD functions: all
// they are handed is BORROWED from the caller, who keeps it, `self` too, until they return. That
// is why no function here holds on to its own image.
#define METHOD(name)                                                                              \
    PyObject *name(PyObject *op, PyTypeObject *cls, PyObject *const *args, Py_ssize_t nargs,      \
                   PyObject *kwnames)
METHOD(image_from_pixels);
METHOD(image_read);
METHOD(image_write);
METHOD(image_get);
METHOD(image_set);
METHOD(image_describe);
METHOD(image_map);
METHOD(image_blur);
PyObject *image_pixels(PyObject *op, PyObject *unused);
PyObject *image_close(PyObject *op, PyObject *unused);
PyObject *image_enter(PyObject *op, PyObject *unused);
PyObject *image_exit(PyObject *op, PyObject *const *args, Py_ssize_t nargs);
PyObject *image_reduce(PyObject *op, PyObject *unused);
PyObject *image_repr(PyObject *op);
PyObject *image_width(PyObject *op, void *unused);
PyObject *image_height(PyObject *op, void *unused);
PyObject *image_title(PyObject *op, void *unused);
int image_set_title(PyObject *op, PyObject *title, void *unused);
PyObject *image_closed(PyObject *op, void *unused);
PyObject *image_owner(PyTypeObject *type, InkImage *handle); // NEW; takes `handle` over, always
PyObject *image_new(PyTypeObject *type, PyObject *args, PyObject *kwargs);
int image_init(PyObject *op, PyObject *args, PyObject *kwargs);
int image_traverse(PyObject *op, visitproc visit, void *arg);
int image_clear(PyObject *op);
void image_dealloc(PyObject *op);
int image_getbuffer(PyObject *op, Py_buffer *view, int flags);
void image_releasebuffer(PyObject *op, Py_buffer *view);
PyObject *on_work(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);

#endif
