/* A type with an attribute that is described by its place in the structure. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    int x;
} Point;

static int init(PyObject *self, PyObject *args, PyObject *named)
{
    return PyArg_ParseTuple(args, "i", &((Point *)self)->x) ? 0 : -1;
}

static PyMemberDef members[] = {
    {"x", T_INT, offsetof(Point, x), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_init, init},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "member.Point",
    .basicsize = sizeof(Point),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "member",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_member(void)
{
    PyObject *module = PyModule_Create(&definition);
    PyObject *type = PyType_FromSpec(&spec);
    /* AddObjectRef makes a reference of its own; ours is released either way. */
    if (module && type && PyModule_AddObjectRef(module, "Point", type) == 0) {
        Py_DECREF(type);
        return module;
    }
    Py_XDECREF(type);
    Py_XDECREF(module);
    return NULL;
}
