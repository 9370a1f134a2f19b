/* The same native work, with the GIL held and with it given back. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <sched.h>
#include <stdatomic.h>

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

/* ANCHOR: held_and_released */
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
/* ANCHOR_END: held_and_released */

/* released_to(steps, sign): the same, when the GIL has certainly gone to a thread that
 * writes into the bytearray `sign` all the time. */
static PyObject *released_to(PyObject *self, PyObject *args)
{
    long steps;
    Py_buffer sign;
    if (!PyArg_ParseTuple(args, "lw*", &steps, &sign)) {
        return NULL;
    }
    volatile char *written = sign.buf;
    unsigned long long result;
    *written = 0;
    Py_BEGIN_ALLOW_THREADS
    /* Plain memory, kept alive by the buffer that we hold: it may be read. */
    while (!*written) {
    }
    result = compute(steps);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&sign);
    return PyLong_FromUnsignedLongLong(result);
}

/* Two threads that call this leave it at the same moment, as far as the GIL lets them. */
static PyObject *meet(PyObject *self, PyObject *unused)
{
    static atomic_uint arrived;
    Py_BEGIN_ALLOW_THREADS
    unsigned ticket = arrived++;
    while (arrived < (ticket | 1) + 1) {
        sched_yield();
    }
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"held", held, METH_O, NULL},
    {"released", released, METH_O, NULL},
    {"released_to", released_to, METH_VARARGS, NULL},
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
