// The module: what an interpreter gets when it imports this, and what it loses at its end.
//
// PyInit__ink only describes. The work is in a slot that runs for each interpreter which imports
// the module, and fills a state that is that interpreter's own ("multi-phase initialisation").
#include "ink_py.h"

// by hand: second_interpreter
State *state_of(PyObject *self)
{
    // Looks through the class and its bases, since `self` may be of a subclass written in Python.
    PyObject *module = PyType_GetModuleByDef(Py_TYPE(self), &ink_module); // BORROWED
    return module == NULL ? NULL : PyModule_GetState(module);
}
// by hand: end

// by hand: wrong_library
static int check_version(void)
{
    uint32_t version = ink_version();
    if (version == INK_ABI_VERSION) {
        return 0;
    }
    PyErr_Format(PyExc_ImportError,
                 "libink has ABI version %u, and this module was built for %d", version,
                 INK_ABI_VERSION);
    return -1;
}
// by hand: end

static int add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **place)
{
    // NEW, and kept in the state. The type remembers its module, which is how methods find it.
    *place = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *place == NULL ? -1 : PyModule_AddType(module, *place); // takes one of its own
}

static int module_exec(PyObject *module)
{
    // Zeroed by Python. If this fails half way, module_free gives back what is there.
    State *state = PyModule_GetState(module);
    if (check_version() < 0 || errors_create(module, state) < 0 ||
        add_type(module, &pixel_spec, &state->pixel_type) < 0) {
        return -1;
    }
    return add_type(module, &image_spec, &state->image_type);
}

// by hand: second_interpreter
// The module holds its types and its types hold the module: a cycle, which only the garbage
// collector can see as one, if it is shown every reference. Without these three nothing of the
// module is freed when an interpreter ends.
static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    Py_VISIT(state->pixel_type);
    Py_VISIT(state->image_type);
    Py_VISIT(state->ink_error);
    Py_VISIT(state->ink_io_error);
    Py_VISIT(state->bell);
    return 0;
}

static int module_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->pixel_type);
    Py_CLEAR(state->image_type);
    Py_CLEAR(state->ink_error);
    Py_CLEAR(state->ink_io_error);
    Py_CLEAR(state->bell);
    return 0;
}

static void module_free(void *module)
{
    module_clear(module);
}
// by hand: end

static PyObject *live_allocations(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromSize_t(ink_live_allocations());
}

// by hand: signature
PyDoc_STRVAR(live_allocations_doc,
             "live_allocations($module)\n--\n\n"
             "How many images and strings of the library are out.");
PyDoc_STRVAR(on_work_doc,
             "on_work($module, callback)\n--\n\n"
             "Calls `callback()` whenever a blur has begun, until `on_work(None)`.");
// by hand: end

static PyMethodDef module_methods[] = {
    {"live_allocations", live_allocations, METH_NOARGS, live_allocations_doc},
    {"on_work", (PyCFunction)(void (*)(void))on_work, METH_FASTCALL | METH_KEYWORDS, on_work_doc},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
// by hand: own_gil
// A promise that Python cannot check: no object and no mark is shared between interpreters, since
// there a GIL would protect them from no other interpreter. The one static that changes is in
// work.c, and belongs to a thread.
#ifdef Py_mod_multiple_interpreters // 3.12
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
// by hand: end
// The marks of an image have no other lock: a build without the GIL turns it on for us.
#ifdef Py_mod_gil // 3.13
    {Py_mod_gil, Py_MOD_GIL_USED},
#endif
    {0, NULL},
};

PyModuleDef ink_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_ink",
    .m_doc = "ink, bound with CPython's C API.",
    .m_size = sizeof(State),
    .m_methods = module_methods,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__ink(void)
{
    return PyModuleDef_Init(&ink_module); // BORROWED, as this one function may be
}
