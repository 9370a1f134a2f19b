// Bound with Boost.Python.
#include <boost/python.hpp>

#include <stdexcept>
#include <vector>

#include "tally.h"

namespace bp = boost::python;

namespace {

void fail()
{
    if (tally_fail() < 0)
        // Boost.Python makes a ValueError of it, as of some other standard exceptions.
        throw std::invalid_argument("no");
}

// Called from C, through which no C++ exception may fly: it is caught here. What Python
// raised is its current exception still, until `call` sees the status.
int call_back(long i, void *data)
{
    try {
        (*static_cast<const bp::object *>(data))(i);
        return 0;
    } catch (const bp::error_already_set &) {
        return -1;
    }
}

void call(const bp::object &callback, long times)
{
    void *data = const_cast<bp::object *>(&callback);
    if (tally_call(call_back, data, times) != 0)
        bp::throw_error_already_set();
}

// Boost.Python converts no list by itself: each item is fetched as an object and asked.
double total(const bp::list &list)
{
    const bp::ssize_t length = bp::len(list);
    std::vector<double> numbers;
    numbers.reserve(static_cast<size_t>(length));
    for (bp::ssize_t i = 0; i < length; i++)
        numbers.push_back(bp::extract<double>(list[i]));
    return tally_total(numbers.data(), numbers.size());
}

// Nor does it know of buffers: this is the C API, by hand.
double total_buffer(const bp::object &numbers)
{
    Py_buffer view;
    if (PyObject_GetBuffer(numbers.ptr(), &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        bp::throw_error_already_set();
    if (view.itemsize != sizeof(double)) {
        PyBuffer_Release(&view);
        PyErr_SetString(PyExc_TypeError, "doubles are needed");
        bp::throw_error_already_set();
    }
    const double sum = tally_total(static_cast<const double *>(view.buf),
                                   static_cast<size_t>(view.len / view.itemsize));
    PyBuffer_Release(&view);
    return sum;
}

} // namespace

BOOST_PYTHON_MODULE(tally_boost)
{
    bp::def("add", tally_add);
    bp::def("noop", tally_noop);
    bp::def("fail", fail);
    bp::def("call", call);
    bp::def("total", total);
    bp::def("total_buffer", total_buffer);
}
