// Bound with SWIG. It writes two modules: `_tally_swig`, which is C++, and `tally_swig`,
// a proxy in Python whose functions call those of the first.
%module tally_swig

%include <exception.i>
%include <std_vector.i>

%{
#include <stdexcept>
#include <vector>

#include "tally.h"
%}

%template(Doubles) std::vector<double>;

// Around `fail` alone: what it throws becomes the Python exception that fits.
%exception fail {
    try {
        $action
    }
    SWIG_CATCH_STDEXCEPT
}

// Around `call`: the exception is set already, and only has to be let through.
%exception call {
    $action
    if (PyErr_Occurred())
        SWIG_fail;
}

// A pair of parameters from one object that shows its memory. SWIG's own pybuffer.i is for
// bytes; this is the same for doubles. The view is given back whatever happens.
%typemap(in) (const double *numbers, size_t length) (Py_buffer view) {
    view.obj = NULL;
    if (PyObject_GetBuffer($input, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        SWIG_fail;
    if (view.itemsize != sizeof(double))
        SWIG_exception_fail(SWIG_TypeError, "doubles are needed");
    $1 = static_cast<double *>(view.buf);
    $2 = static_cast<size_t>(view.len / view.itemsize);
}
%typemap(freearg) (const double *numbers, size_t length) {
    if (view$argnum.obj)
        PyBuffer_Release(&view$argnum);
}

%rename(add) tally_add;
%rename(noop) tally_noop;
%rename(total_buffer) tally_total;
long tally_add(long a, long b);
void tally_noop();
double tally_total(const double *numbers, size_t length);

%inline %{
void fail()
{
    if (tally_fail() < 0)
        throw std::invalid_argument("no");
}

double total(const std::vector<double> &numbers)
{
    return tally_total(numbers.data(), numbers.size());
}
%}

%{
// Called from C, with the GIL: SWIG keeps it unless it is asked to let go (-threads).
static int call_back(long i, void *data)
{
    PyObject *result = PyObject_CallFunction(static_cast<PyObject *>(data), "l", i);
    Py_XDECREF(result);
    return result ? 0 : -1;
}
%}

%inline %{
void call(PyObject *callback, long times)
{
    tally_call(call_back, callback, times);
}
%}
