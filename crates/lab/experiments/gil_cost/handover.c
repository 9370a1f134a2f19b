/* Gives the GIL back and takes it again: alone, and where others want it too. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* ANCHOR: give_and_take */
static PyObject *give_and_take(PyObject *self, PyObject *times)
{
    long n = PyLong_AsLong(times);
    for (long i = 0; i < n; i++) {
        Py_BEGIN_ALLOW_THREADS
        /* Here no Python object may be touched. Nothing is done at all. */
        Py_END_ALLOW_THREADS
    }
    Py_RETURN_NONE;
}
/* ANCHOR_END: give_and_take */

/* The same loop without the lock: what is taken off. The barrier keeps the compiler from
 * taking the loop away. */
static PyObject *keep(PyObject *self, PyObject *times)
{
    long n = PyLong_AsLong(times);
    for (long i = 0; i < n; i++) {
        __asm__ volatile("" ::: "memory");
    }
    Py_RETURN_NONE;
}

/* taken_back(times, sign): nanoseconds that taking the GIL back took, while a Python
 * thread that never pauses has it. `sign` is a bytearray into which that thread writes
 * all the time: once it has been written, the other thread runs, and so has the GIL. */
static PyObject *taken_back(PyObject *self, PyObject *args)
{
    long n;
    Py_buffer sign;
    if (!PyArg_ParseTuple(args, "lw*", &n, &sign)) {
        return NULL;
    }
    volatile char *written = sign.buf;
    long long waited = 0;
    for (long i = 0; i < n; i++) {
        *written = 0;
        PyThreadState *mine = PyEval_SaveThread();
        /* Plain memory, kept alive by the buffer that we hold: it may be read. */
        while (!*written) {
        }
        long long begun = now();
        PyEval_RestoreThread(mine);
        waited += now() - begun;
    }
    PyBuffer_Release(&sign);
    return PyLong_FromLongLong(waited);
}

static atomic_int going;
static volatile int visits;
static pthread_t visitor;

/* A native thread: computes for half a millisecond without the GIL, then has it for the
 * time of one small Python object, and so on. */
static void *visit(void *unused)
{
    while (going) {
        long long until = now() + 500000;
        while (now() < until) {
        }
        PyGILState_STATE state = PyGILState_Ensure();
        Py_XDECREF(PyLong_FromLong(1000000));
        /* Counted with the GIL, so that nobody who has it sees the number change. */
        visits++;
        PyGILState_Release(state);
    }
    return NULL;
}

static PyObject *begin_visits(PyObject *self, PyObject *unused)
{
    going = 1;
    if (pthread_create(&visitor, NULL, visit, NULL) != 0) {
        PyErr_SetString(PyExc_OSError, "no thread can be started");
        return NULL;
    }
    Py_RETURN_NONE;
}

/* waited_for(visits): for each visit of that thread the longest time that one turn of
 * giving and taking lasted; of these the shortest, in nanoseconds. */
static PyObject *waited_for(PyObject *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    long long shortest = LLONG_MAX;
    for (long i = 0; i < n; i++) {
        long long longest = 0;
        for (int before = visits; visits == before;) {
            long long begun = now();
            Py_BEGIN_ALLOW_THREADS
            Py_END_ALLOW_THREADS
            long long took = now() - begun;
            longest = took > longest ? took : longest;
        }
        shortest = longest < shortest ? longest : shortest;
    }
    return PyLong_FromLongLong(shortest);
}

static PyObject *end_visits(PyObject *self, PyObject *unused)
{
    going = 0;
    /* The thread may be waiting for the GIL: who waits for it must not keep that. */
    Py_BEGIN_ALLOW_THREADS
    pthread_join(visitor, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"give_and_take", give_and_take, METH_O, NULL},
    {"keep", keep, METH_O, NULL},
    {"taken_back", taken_back, METH_VARARGS, NULL},
    {"begin_visits", begin_visits, METH_NOARGS, NULL},
    {"waited_for", waited_for, METH_O, NULL},
    {"end_visits", end_visits, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "handover", .m_size = -1, .m_methods = methods,
};

PyMODINIT_FUNC PyInit_handover(void)
{
    return PyModule_Create(&module);
}
