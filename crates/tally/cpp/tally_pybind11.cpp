// Bound with pybind11.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <vector>

#include "tally.h"

namespace py = pybind11;

namespace {

void fail()
{
    if (tally_fail() < 0)
        // A C++ exception flies from here into pybind11's code, which makes it a Python one.
        throw py::value_error("no");
}

// Called from C, through which no C++ exception may fly: it is caught here and kept as
// Python's current one, until `call` sees the status.
int call_back(long i, void *data)
{
    try {
        (*static_cast<const py::object *>(data))(i);
        return 0;
    } catch (py::error_already_set &error) {
        error.restore();
        return -1;
    }
}

void call(const py::object &callback, long times)
{
    void *data = const_cast<py::object *>(&callback);
    if (tally_call(call_back, data, times) != 0)
        throw py::error_already_set();
}

// pybind11 has copied the list by the time this runs.
double total(const std::vector<double> &numbers)
{
    return tally_total(numbers.data(), numbers.size());
}

double total_buffer(const py::buffer &numbers)
{
    // Released when `view` goes out of scope.
    const py::buffer_info view = numbers.request();
    if (!view.item_type_is_equivalent_to<double>() || view.ndim != 1 ||
        (view.size > 1 && view.strides[0] != sizeof(double)))
        throw py::type_error("contiguous doubles are needed");
    return tally_total(static_cast<const double *>(view.ptr), static_cast<size_t>(view.size));
}

} // namespace

PYBIND11_MODULE(tally_pybind11, module)
{
    module.def("add", tally_add);
    module.def("noop", tally_noop);
    module.def("fail", fail);
    module.def("call", call);
    module.def("total", total);
    module.def("total_buffer", total_buffer);
}
