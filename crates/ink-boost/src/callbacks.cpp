// Python functions that C++ calls: for the length of a call, and for as long as one is set.
#include "binding.hpp"

namespace ink_boost {

void map(Image &image, const py::object &callback) {
    ink::Image &picture = image.changing();
    // by hand: busy
    const Mark mark(image.mapped);
    // by hand: end
    // What the callback raises is a C++ exception in here, error_already_set, which says only that
    // Python's is set. ink.hpp carries it past the library, and Boost.Python then leaves it be.
    picture.map([&](std::uint32_t x, std::uint32_t y, ink::Pixel pixel) {
        return py::call<ink::Pixel>(callback.ptr(), x, y, pixel);
    });
}

// by hand: callback_outlives
namespace {

// One for the whole process, whatever its interpreters. A bare pointer, so that nothing gives the
// reference back when the process ends and Python is gone already. Used with the GIL.
PyObject *bell = nullptr;

// Called on the thread that blurs, without the GIL.
void ring(void *) {
    const PyGILState_STATE state = PyGILState_Ensure();
    if (bell) {
        // A reference of our own: it may take itself away.
        const py::handle<> mine(py::borrowed(bell));
        const py::handle<> result(py::allow_null(PyObject_CallNoArgs(mine.get())));
        if (!result) {
            PyErr_WriteUnraisable(mine.get());
        }
    }
    PyGILState_Release(state);
}

void on_work(const py::object &callback) {
    if (!callback.is_none() && !PyCallable_Check(callback.ptr())) {
        PyErr_SetString(PyExc_TypeError, "the callback must be callable");
        throw py::error_already_set();
    }
    // Last the old one goes, which may run anything.
    const py::handle<> old(py::allow_null(bell));
    bell = callback.is_none() ? nullptr : py::incref(callback.ptr());
    ink_set_work_hook(bell ? ring : nullptr, nullptr);
}

} // namespace
// by hand: end

void add_callbacks() {
    py::def("on_work", on_work, py::args("callback"),
            "Calls `callback()` whenever a blur has begun, until `on_work(None)`.");
}

} // namespace ink_boost
