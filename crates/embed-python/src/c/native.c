/*
 * The module `host`: what Python may ask of the program it runs in. It comes from no file; it is
 * put on the list of built-in modules before Python starts. Each function is called with the GIL.
 */
#include "host.h"

#include <pthread.h>

static PyObject *host_error; /* the type; the module's, and ours as long as Python runs */

/* What can be wrong with the machine: C's words for it, which know nothing of Python. */
enum machine { MACHINE_OK = 0, MACHINE_UNKNOWN = 2, MACHINE_USED_UP = 3 };

static enum machine machine_level(const char *ink, long *out) {
    *out = 62;
    return !strcmp(ink, "cyan")    ? MACHINE_OK
           : !strcmp(ink, "black") ? MACHINE_USED_UP
                                   : MACHINE_UNKNOWN;
}

/* A failure of C on its way into Python: an exception with the number as its own attribute. */
static void raise_machine(enum machine code, const char *ink) {
    PyErr_Format(host_error, code == MACHINE_USED_UP ? "`%s` is used up"
                                                     : "there is no ink called `%s`", ink);
    PyObject *raised = take_exception();
    PyObject *number = PyLong_FromLong(code);
    if (number == NULL || PyObject_SetAttrString(raised, "code", number) < 0) {
        Py_DECREF(raised); /* what went wrong here is pending, and is raised instead */
    } else {
        put_exception(raised);
    }
    Py_XDECREF(number);
}

static PyObject *level(PyObject *self, PyObject *args) {
    const char *ink; /* BORROWED from the str, which the caller holds during the call */
    long percent;
    if (!PyArg_ParseTuple(args, "s", &ink)) {
        return NULL;
    }
    enum machine code = machine_level(ink, &percent);
    if (code != MACHINE_OK) {
        raise_machine(code, ink);
        return NULL;
    }
    return PyLong_FromLong(percent);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;
static unsigned waiting, rung; /* who waits for it, and how many of them were rung for */

/* Rings the bell, if somebody waits for it; says whether. */
static PyObject *ring(PyObject *self, PyObject *args) {
    pthread_mutex_lock(&lock);
    bool heard = rung < waiting;
    rung += heard;
    pthread_cond_signal(&bell);
    pthread_mutex_unlock(&lock);
    return PyBool_FromLong(heard);
}

/*
 * The host's own work, which needs no Python: it waits for the bell, with the GIL released.
 * Holding it would stop the very thread that rings.
 */
static PyObject *wait_for_ring(PyObject *self, PyObject *args) {
    Py_BEGIN_ALLOW_THREADS
    pthread_mutex_lock(&lock);
    waiting += 1;
    while (rung == 0) {
        pthread_cond_wait(&bell, &lock);
    }
    rung -= 1;
    waiting -= 1;
    pthread_mutex_unlock(&lock);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

/* What goes to another thread and comes back. */
struct errand {
    PyObject *callback; /* LENT */
    PyObject *result;   /* OWNED by the errand until it is handed on, as is `raised` */
    PyObject *raised;
};

/*
 * On a thread that Python did not start: attaching makes it known to Python. The pending error
 * belongs to a thread and does not cross by itself, so it goes back as an object.
 */
static void *run_errand(void *data) {
    struct errand *errand = data;
    PyGILState_STATE attached = PyGILState_Ensure();
    errand->result = PyObject_CallNoArgs(errand->callback);
    errand->raised = errand->result ? NULL : take_exception();
    PyGILState_Release(attached);
    return NULL;
}

static PyObject *on_another_thread(PyObject *self, PyObject *callback) {
    struct errand errand = {callback, NULL, NULL};
    pthread_t other;
    int failed = pthread_create(&other, NULL, run_errand, &errand);
    if (failed != 0) {
        return PyErr_Format(PyExc_RuntimeError, "no thread: %s", strerror(failed));
    }
    Py_BEGIN_ALLOW_THREADS /* the other one needs the GIL, and this one waits */
    pthread_join(other, NULL);
    Py_END_ALLOW_THREADS
    if (errand.result == NULL) {
        put_exception(errand.raised);
    }
    return errand.result;
}

static PyMethodDef methods[] = {
    {"level", level, METH_VARARGS, "How full an ink is, in per cent."},
    {"ring", ring, METH_NOARGS, "Rings the bell, if somebody waits."},
    {"wait_for_ring", wait_for_ring, METH_NOARGS, "Waits for the bell, without the GIL."},
    {"on_another_thread", on_another_thread, METH_O, "Calls back from a thread of the host's."},
    {"forget_an_error", forget_an_error, METH_NOARGS, "Returns with an error set: a mistake."},
    {"call_with_an_error_set", call_with_an_error_set, METH_O, "Another mistake."},
    {"take_the_error_first", take_the_error_first, METH_O, "The same, put right."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "host", .m_size = -1, .m_methods = methods};

PyObject *PyInit_host(void) {
    PyObject *module = PyModule_Create(&definition);
    host_error = module ? PyErr_NewException("host.HostError", NULL, NULL) : NULL;
    if (host_error == NULL || PyModule_AddObjectRef(module, "HostError", host_error) < 0) {
        Py_CLEAR(host_error);
        Py_CLEAR(module);
    }
    return module;
}
