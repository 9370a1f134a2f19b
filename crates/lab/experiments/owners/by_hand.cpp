// The C API by hand, from C++: a capsule that owns, and a class that releases references.
// The GIL is held throughout.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "parcel.hpp"

namespace {

// ANCHOR: capsule_with_a_destructor
constexpr const char *NAME = "by_hand.parcel";

// Runs when the last reference to the capsule goes: Python's books decide, C++ frees.
void release(PyObject *capsule)
{
    delete static_cast<Parcel *>(PyCapsule_GetPointer(capsule, NAME));
}

PyObject *wrapped(PyObject *, PyObject *)
{
    auto parcel = std::make_unique<Parcel>(7);
    PyObject *capsule = PyCapsule_New(parcel.get(), NAME, release);
    if (capsule != nullptr)
        parcel.release(); // from here on it is the capsule's
    return capsule;
}
// ANCHOR_END: capsule_with_a_destructor

// The same without a destructor: the capsule goes, and the parcel stays.
PyObject *bare(PyObject *, PyObject *)
{
    return PyCapsule_New(new Parcel(7), NAME, nullptr);
}

PyObject *content(PyObject *, PyObject *capsule)
{
    // Checks type and name, and raises if it is another capsule.
    auto parcel = static_cast<Parcel *>(PyCapsule_GetPointer(capsule, NAME));
    return parcel == nullptr ? nullptr : PyLong_FromLong(parcel->content());
}

PyObject *count_alive(PyObject *, PyObject *)
{
    return PyLong_FromLong(alive());
}

// ANCHOR: released_on_every_path
// Owns one reference and releases it when it goes, on whichever path.
class Owned {
public:
    explicit Owned(PyObject *object) : object_(object) {}
    Owned(const Owned &) = delete;
    ~Owned() { Py_XDECREF(object_); }
    PyObject *get() const { return object_; }

private:
    PyObject *object_;
};

PyObject *first_as_number(PyObject *, PyObject *list)
{
    Owned item(PySequence_GetItem(list, 0));
    if (item.get() == nullptr)
        return nullptr;
    return PyNumber_Long(item.get()); // NULL if it is no number; the item is released
}
// ANCHOR_END: released_on_every_path

// The same by hand, with the usual mistake: nobody thought of the path that fails.
PyObject *first_as_number_leaking(PyObject *, PyObject *list)
{
    PyObject *item = PySequence_GetItem(list, 0);
    if (item == nullptr)
        return nullptr;
    PyObject *number = PyNumber_Long(item);
    if (number == nullptr)
        return nullptr; // leak: item
    Py_DECREF(item);
    return number;
}

// Gives away what it has borrowed: the list's own reference goes with the caller's.
PyObject *first_stolen(PyObject *, PyObject *list)
{
    return PyList_GetItem(list, 0); // wrong: a borrowed reference is returned as a new one
}

PyMethodDef methods[] = {
    {"wrapped", wrapped, METH_NOARGS, ""},
    {"bare", bare, METH_NOARGS, ""},
    {"content", content, METH_O, ""},
    {"alive", count_alive, METH_NOARGS, ""},
    {"first_as_number", first_as_number, METH_O, ""},
    {"first_as_number_leaking", first_as_number_leaking, METH_O, ""},
    {"first_stolen", first_stolen, METH_O, ""},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef_Slot slots[] = {{0, nullptr}};

PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "by_hand", nullptr, 0, methods, slots, nullptr, nullptr, nullptr,
};

} // namespace

PyMODINIT_FUNC PyInit_by_hand()
{
    return PyModuleDef_Init(&module_def);
}
