// The work hook: a Python function that C calls whenever a blur has begun.
#include "parts.hpp"

// by hand: callback_outlives
// The one reference to the callback, for the one interpreter that nanobind works in. It is no
// `nb::object`: C++ would destroy that at the end of the process, when Python is gone.
static nb::handle current;

// Runs on the thread that blurs, which has let go of the GIL.
extern "C" {
static void ring(void *) {
    const nb::gil_scoped_acquire gil;
    const nb::object callback = nb::borrow(current); // the callback may replace itself
    if (!callback.is_valid()) {
        return;
    }
    try {
        callback();
    } catch (nb::python_error &error) {
        error.discard_as_unraisable(callback); // no exception can pass through C
    }
}
}

static void on_work(const nb::object &callback) {
    if (!callback.is_none() && !PyCallable_Check(callback.ptr())) {
        throw nb::type_error("the callback must be callable, or None");
    }
    // The old one goes last: what its end may run finds the new one in place.
    const nb::object old = nb::steal(current);
    current = callback.is_none() ? nb::handle() : nb::object(callback).release();
    ink_set_work_hook(current.is_valid() ? &ring : nullptr, nullptr);
}
// by hand: end

void add_work(nb::module_ &m) {
    m.def("on_work", &on_work, nb::arg("callback").none(),
          "Calls `callback()` whenever a blur has begun, until `on_work(None)`.");
    // by hand: callback_outlives
    // What is still set at the end is let go of while Python can.
    nb::module_::import_("atexit").attr("register")(m.attr("on_work"), nb::none());
    // by hand: end
}
