/* The same native work, with the GIL held and with it given back. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Where results go that nobody asks for: the compiler must not think them useless. */
static volatile unsigned long long kept;

/* Steps that have to be done one after the other, in registers: they touch no memory, so
 * two threads that run at once do not disturb each other. */
static unsigned long long compute(long steps)
{
    unsigned long long x = 88172645463325252ULL;
    for (long i = 0; i < steps; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    return x;
}

static PyObject *held(PyObject *self, PyObject *arg)
{
    long steps = PyLong_AsLong(arg);
    unsigned long long result = compute(steps);
    return PyLong_FromUnsignedLongLong(result);
}

static PyObject *released(PyObject *self, PyObject *arg)
{
    /* Convert what came from Python; let go; compute; take it again; convert back. */
    long steps = PyLong_AsLong(arg);
    unsigned long long result;
    Py_BEGIN_ALLOW_THREADS
    result = compute(steps);
    Py_END_ALLOW_THREADS
    return PyLong_FromUnsignedLongLong(result);
}

/* held_for(steps): the nanoseconds that the computing took. */
static PyObject *held_for(PyObject *self, PyObject *arg)
{
    long steps = PyLong_AsLong(arg);
    long long begun = now();
    kept = compute(steps);
    return PyLong_FromLongLong(now() - begun);
}

/* waited_after(steps, sign): the nanoseconds between the end of the computing and having
 * the GIL again, when it has gone to a thread that writes into the bytearray `sign` all
 * the time. */
static PyObject *waited_after(PyObject *self, PyObject *args)
{
    long steps;
    Py_buffer sign;
    if (!PyArg_ParseTuple(args, "lw*", &steps, &sign)) {
        return NULL;
    }
    volatile char *written = sign.buf;
    long long begun;
    *written = 0;
    Py_BEGIN_ALLOW_THREADS
    /* Plain memory, kept alive by the buffer that we hold: it may be read. */
    while (!*written) {
    }
    kept = compute(steps);
    begun = now();
    Py_END_ALLOW_THREADS
    long long waited = now() - begun;
    PyBuffer_Release(&sign);
    return PyLong_FromLongLong(waited);
}

/* Two threads that call this leave it at the same moment, as far as the GIL lets them. The
 * first one waits without sleeping, so that both have a core when they begin. */
static PyObject *meet(PyObject *self, PyObject *unused)
{
    static atomic_uint arrived;
    Py_BEGIN_ALLOW_THREADS
    long long patience = now() + 5000000;
    unsigned both = (arrived++ | 1) + 1;
    while (arrived < both) {
        if (now() > patience) {
            sched_yield();
        }
    }
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"held", held, METH_O, NULL},
    {"released", released, METH_O, NULL},
    {"held_for", held_for, METH_O, NULL},
    {"waited_after", waited_after, METH_VARARGS, NULL},
    {"meet", meet, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "work", .m_size = -1, .m_methods = methods,
};

PyMODINIT_FUNC PyInit_work(void)
{
    return PyModule_Create(&module);
}
