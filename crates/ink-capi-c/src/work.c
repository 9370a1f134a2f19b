// A way back from C into Python that outlives the call: on_work(callback), and blur, which rings.
//
// The library has one hook for the whole process, and a process may have several interpreters.
// So the hook is one C function for all, and it asks which interpreter the blurring thread came
// from: each interpreter has a bell of its own, which rings when its own threads blur.
#include "ink_py.h"

// by hand: callback_outlives
// A thread that has come from Python into blur and let go of the GIL. It lives in blur's frame.
typedef struct Worker {
    PyThreadState *thread; // BORROWED: how this thread is known to the interpreter it came from
    State *state;          // BORROWED: that interpreter's
    struct Worker *outer;  // a callback may blur another image, on the same thread
} Worker;

// The blur that this thread is in, if it is to ring. A thread runs code of one interpreter at a
// time, so no lock is needed, not even among several GILs.
static _Thread_local Worker *working;

static void call_bell(State *state)
{
    // NEW: on_work may be called from inside, and let go of the callback while it runs.
    PyObject *bell = Py_XNewRef(state->bell);
    if (bell == NULL) {
        return; // taken away while this thread waited for the GIL
    }
    PyObject *result = PyObject_CallNoArgs(bell); // NEW
    if (result == NULL) {
        PyErr_WriteUnraisable(bell); // there is no caller in Python to raise it to
    }
    Py_XDECREF(result);
    Py_DECREF(bell);
}

// Called by the library, on the thread that blurs, without the GIL.
static void ring(void *Py_UNUSED(data))
{
    Worker *worker = working;
    if (worker == NULL) {
        return; // blurred by somebody else, or when no bell was set
    }
    BEGIN_CALLBACK // see older.h
    // Not PyGILState_Ensure: with several interpreters it makes no promise, and before 3.12 it
    // runs the callback as if the thread had come from the first one.
    PyEval_RestoreThread(worker->thread);
    call_bell(worker->state);
    PyEval_SaveThread();
    END_CALLBACK
}

PyObject *on_work(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"callback", NULL};
    PyObject *callback; // BORROWED
    if (parse("on_work", names, args, nargs, kwnames, &callback) < 0) {
        return NULL;
    }
    if (callback != Py_None && !PyCallable_Check(callback)) {
        PyErr_Format(PyExc_TypeError, "the callback must be callable or None, not %s",
                     Py_TYPE(callback)->tp_name);
        return NULL;
    }
    State *state = PyModule_GetState(module);
    PyObject *old = state->bell; // ours from here on
    state->bell = callback == Py_None ? NULL : Py_NewRef(callback);
    if (state->bell != NULL) {
        ink_set_work_hook(ring, NULL); // it stays, for other interpreters may need it
    }
    Py_XDECREF(old); // last: this may run anybody's code, on_work among it
    Py_RETURN_NONE;
}
// by hand: end

METHOD(image_blur)
{
    static const char *const names[] = {"radius", NULL};
    PyObject *given[1]; // BORROWED
    uint32_t radius;
    Image *self = (Image *)op;
    if (parse("blur", names, args, nargs, kwnames, given) < 0 ||
        as_u32(given[0], "radius", &radius) < 0 || may_change(self) < 0) {
        return NULL;
    }
    State *state = PyType_GetModuleState(cls);
    // by hand: callback_outlives
    Worker worker = {PyThreadState_Get(), state, working};
    working = state->bell == NULL ? NULL : &worker;
    // by hand: end
    InkStatus status;
    // by hand: busy
    self->blurred = true; // before the GIL goes: then whoever else comes is refused
    // by hand: end
    // by hand: gil
    Py_BEGIN_ALLOW_THREADS // nothing of Python may be touched from here…
    status = ink_image_blur(self->handle, radius);
    Py_END_ALLOW_THREADS // … to here, where this thread may have had to wait for others
    // by hand: end
    // by hand: busy
    self->blurred = false;
    // by hand: end
    // by hand: callback_outlives
    working = worker.outer;
    // by hand: end
    return none_or_raise(state, status);
}
