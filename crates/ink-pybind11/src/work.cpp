// The work hook: a Python function that C calls whenever a blur has begun.
#include "parts.hpp"

#include <pybind11/gil_safe_call_once.h>

// by hand: callback_outlives
// The hook belongs to the process, the callback to an interpreter: each has its own here, and is
// called for its own blurs. There is one reference, in this place, and the garbage collector
// cannot look into it: a callback that holds the module stays until `on_work(None)`.
static py::object &current() {
    PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> callback;
    callback.call_once_and_store_result([]() -> py::object { return py::none(); });
    return callback.get_stored();
}

// Runs on the thread that blurs, in whose Python that thread was before it let go of the GIL.
extern "C" {
static void ring(void *) {
    const py::gil_scoped_acquire gil;
    const py::object callback = current(); // a reference: the callback may replace itself
    if (callback.is_none()) {
        return;
    }
    try {
        callback();
    } catch (py::error_already_set &error) {
        error.discard_as_unraisable(callback); // no exception can pass through C
    }
}
}

static void on_work(const py::object &callback) {
    if (!callback.is_none() && !PyCallable_Check(callback.ptr())) {
        throw py::type_error("the callback must be callable, or None");
    }
    // The old one goes last: what its end may run finds the new one in place.
    const py::object old = std::exchange(current(), callback);
    // It stays after `on_work(None)`, as another interpreter may have a callback.
    ink_set_work_hook(&ring, nullptr);
}
// by hand: end

void add_work(py::module_ &m) {
    m.def("on_work", &on_work, py::arg("callback"),
          "on_work(callback)\n--\n\n"
          "Calls `callback()` whenever a blur has begun, until `on_work(None)`.");
}
