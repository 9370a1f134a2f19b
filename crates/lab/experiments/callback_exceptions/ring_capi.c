/* ring.c through the C API: the callback's exception stays where it is. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "ring.h"

/* Called by C, which was called by Python on this very thread: the GIL is held all along.
 * `user` is borrowed from the caller of walk(), who keeps it during the call. */
static int visit(int number, void *user)
{
    PyObject *answer = PyObject_CallFunction(user, "i", number);
    if (answer == NULL)
        return -1; /* stop; the exception waits in the thread state */
    Py_DECREF(answer);
    return 0;
}

static PyObject *walk(PyObject *self, PyObject *function)
{
    int visited;
    if (ring_walk(5, 0, visit, function, &visited) < 0)
        return NULL;
    return PyLong_FromLong(visited);
}

static PyMethodDef methods[] = {
    {"walk", walk, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "ring_capi", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_ring_capi(void)
{
    return PyModuleDef_Init(&definition);
}
