/* Three types whose objects hold one other object. They differ in what they tell the
 * garbage collector. `alive()` counts the objects of all three; the GIL is held throughout. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    PyObject *other; /* owned, or NULL */
} Knot;

static long alive_now = 0;

static PyObject *
knot_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self != NULL)
        alive_now++;
    return self;
}

static void
knot_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (PyType_IS_GC(type))
        PyObject_GC_UnTrack(self);
    Py_CLEAR(((Knot *)self)->other);
    alive_now--;
    type->tp_free(self);
    Py_DECREF(type); /* each object of a heap type holds its type */
}

/* ANCHOR: what_the_collector_asks */
/* "Which objects do you hold?" Without an answer the collector cannot see a cycle. */
/* ANCHOR: asked_and_told */
static int
knot_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Knot *)self)->other);
    return 0;
}

/* "You are garbage: let go of them." Without it the collector cannot break the cycle. */
static int
knot_clear(PyObject *self)
{
    Py_CLEAR(((Knot *)self)->other);
    return 0;
}
/* ANCHOR_END: asked_and_told */
/* ANCHOR_END: what_the_collector_asks */

static PyMemberDef members[] = {
    {"other", T_OBJECT, offsetof(Knot, other), 0, NULL}, /* takes and releases references */
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot traversed[] = {
    {Py_tp_new, knot_new},           {Py_tp_dealloc, knot_dealloc}, {Py_tp_members, members},
    {Py_tp_traverse, knot_traverse}, {Py_tp_clear, knot_clear},     {0, NULL},
};
static PyType_Slot unclearing[] = {
    {Py_tp_new, knot_new},           {Py_tp_dealloc, knot_dealloc}, {Py_tp_members, members},
    {Py_tp_traverse, knot_traverse}, {0, NULL},
};
static PyType_Slot untraversed[] = {
    {Py_tp_new, knot_new}, {Py_tp_dealloc, knot_dealloc}, {Py_tp_members, members},
    {0, NULL},
};

#define SEEN (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC)

static PyType_Spec specs[] = {
    {"knots.Traversed", sizeof(Knot), 0, SEEN, traversed},
    {"knots.Unclearing", sizeof(Knot), 0, SEEN, unclearing},
    {"knots.Untraversed", sizeof(Knot), 0, Py_TPFLAGS_DEFAULT, untraversed},
};

static PyObject *
alive(PyObject *module, PyObject *ignored)
{
    return PyLong_FromLong(alive_now);
}

static int
fill(PyObject *module)
{
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        PyObject *type = PyType_FromSpec(&specs[i]); /* new */
        if (type == NULL)
            return -1;
        int added = PyModule_AddType(module, (PyTypeObject *)type); /* takes its own */
        Py_DECREF(type);
        if (added < 0)
            return -1;
    }
    return 0;
}

static PyMethodDef methods[] = {
    {"alive", alive, METH_NOARGS, "How many objects of the three types there are."},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "knots", .m_methods = methods, .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_knots(void)
{
    return PyModuleDef_Init(&module_def);
}
