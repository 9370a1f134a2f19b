// A way back from C into Python, for the length of a call: image.map(callback).
#include "ink_py.h"

// What goes through C as `void *user_data`. It lives in the frame of image_map, which outlives
// the call, and so does what it refers to: BORROWED, both.
typedef struct {
    State *state;
    PyObject *callback;
} Visit;

// by hand: callback
// callback(x, y, pixel): NEW, or NULL with the exception that it raised.
static PyObject *ask(Visit *visit, uint32_t x, uint32_t y, InkPixel pixel)
{
    // NEW, each. After a failure NULL, and what follows is not tried.
    PyObject *args[3] = {PyLong_FromUnsignedLong(x), NULL, NULL};
    args[1] = args[0] == NULL ? NULL : PyLong_FromUnsignedLong(y);
    args[2] = args[1] == NULL ? NULL : pixel_from_c(visit->state, pixel);
    PyObject *result = args[2] == NULL ? NULL : PyObject_Vectorcall(visit->callback, args, 3, NULL);
    // by hand: end
    // by hand: refcounts
    for (int i = 0; i < 3; i++) {
        Py_XDECREF(args[i]);
    }
    // by hand: end
    return result;
}

// by hand: callback_raises
// No exception passes through C, but it need not: it is set on this thread and stays so. The
// answer 1 asks the library to stop, and who called it finds the exception as it was.
static int replace(Visit *visit, uint32_t x, uint32_t y, InkPixel *pixel)
{
    PyObject *result = ask(visit, x, y, *pixel); // NEW
    if (result == NULL) {
        return 1;
    }
    int done = pixel_to_c(visit->state, result, pixel);
    Py_DECREF(result);
    return done < 0;
}
// by hand: end

// Called by the library for each pixel, on the thread that called map and with the GIL, which
// nobody has released.
static int visit_pixel(uint32_t x, uint32_t y, InkPixel *pixel, void *user_data)
{
    int stop;
    BEGIN_CALLBACK // see older.h
    stop = replace(user_data, x, y, pixel);
    END_CALLBACK
    return stop;
}

METHOD(image_map)
{
    static const char *const names[] = {"callback", NULL};
    Visit visit = {PyType_GetModuleState(cls), NULL};
    if (parse("map", names, args, nargs, kwnames, &visit.callback) < 0) {
        return NULL;
    }
    // by hand: callback
    if (!PyCallable_Check(visit.callback)) {
        PyErr_Format(PyExc_TypeError, "the callback must be callable, not %s",
                     Py_TYPE(visit.callback)->tp_name);
        return NULL;
    }
    // by hand: end
    Image *self = (Image *)op;
    if (may_change(self) < 0) {
        return NULL;
    }
    // by hand: exported
    self->mapped = true; // the callback may do what it likes, and this image will refuse it
    InkStatus status = ink_image_map(self->handle, visit_pixel, &visit);
    self->mapped = false;
    // by hand: end
    // by hand: callback_raises
    if (status == INK_STATUS_STOPPED) {
        return NULL; // only visit_pixel stops, and then an exception is set
    }
    // by hand: end
    return none_or_raise(visit.state, status);
}
