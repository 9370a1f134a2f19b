// Garbage collection. An object of Boost.Python has a `__dict__`, which may lead back to it, and
// the collector does not look there: it would be there for ever. So the class is told to take part.
#include "binding.hpp"

namespace ink_boost {

// by hand: cycles
namespace {

using Instance = py::objects::instance<>;

int traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(reinterpret_cast<Instance *>(self)->dict);
    return 0;
}

int clear(PyObject *self) {
    Py_CLEAR(reinterpret_cast<Instance *>(self)->dict);
    return 0;
}

} // namespace

// Sound before the first object and the first subclass are made. Boost.Python allocates through
// `tp_alloc`, which looks at the flag, and frees through `tp_free`, which must fit it. The
// `tp_dealloc` of a class made by `type` takes the object out of the collector's list by itself.
void add_garbage_collection(PyTypeObject *type) {
    type->tp_flags |= Py_TPFLAGS_HAVE_GC;
    type->tp_traverse = traverse;
    type->tp_clear = clear;
    type->tp_free = PyObject_GC_Del;
    PyType_Modified(type);
}
// by hand: end

} // namespace ink_boost
