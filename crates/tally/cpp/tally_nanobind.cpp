// Bound with nanobind.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/vector.h>

#include <vector>

#include "tally.h"

namespace nb = nanobind;

namespace {

using Numbers = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

void fail()
{
    if (tally_fail() < 0)
        // A C++ exception flies from here into nanobind's code, which makes it a Python one.
        throw nb::value_error("no");
}

// Called from C, through which no C++ exception may fly: it is caught here and kept as
// Python's current one, until `call` sees the status.
int call_back(long i, void *data)
{
    try {
        (*static_cast<const nb::object *>(data))(i);
        return 0;
    } catch (nb::python_error &error) {
        error.restore();
        return -1;
    }
}

void call(const nb::object &callback, long times)
{
    void *data = const_cast<nb::object *>(&callback);
    if (tally_call(call_back, data, times) != 0)
        nb::raise_python_error();
}

// nanobind has copied the list by the time this runs.
double total(const std::vector<double> &numbers)
{
    return tally_total(numbers.data(), numbers.size());
}

// The array's own memory, which it lends for as long as `numbers` lives. `noconvert`
// below: without it a list of another kind would be copied into a new array in silence.
double total_buffer(const Numbers &numbers)
{
    return tally_total(numbers.data(), numbers.size());
}

} // namespace

NB_MODULE(tally_nanobind, module)
{
    using namespace nb::literals;
    module.def("add", tally_add);
    module.def("noop", tally_noop);
    module.def("fail", fail);
    module.def("call", call);
    module.def("total", total);
    module.def("total_buffer", total_buffer, "numbers"_a.noconvert());
}
