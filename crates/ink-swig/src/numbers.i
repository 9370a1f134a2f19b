// Integers. SWIG's own conversion knows the limits of each C type; but it takes an `int` and nothing
// else, where Python takes whatever has `__index__`.

// by hand: values
%{
namespace {

// The integer that `object` is, from 0 to `largest`; or false, with an exception set.
bool whole(PyObject *object, unsigned long largest, unsigned long &number) {
    const Ref index(PyNumber_Index(object));
    if (!index) {
        return false;
    }
    number = PyLong_AsUnsignedLong(index.get());
    if (PyErr_Occurred()) {
        return false;
    }
    if (number > largest) {
        PyErr_Format(PyExc_OverflowError, "%lu is more than %lu", number, largest);
        return false;
    }
    return true;
}

} // namespace
%}

// ANCHOR: pasted_into_each_function
%typemap(in) uint8_t, uint32_t {
    unsigned long number;
    if (!whole($input, std::numeric_limits<$1_ltype>::max(), number)) {
        SWIG_fail;
    }
    $1 = static_cast<$1_ltype>(number);
}
// ANCHOR_END: pasted_into_each_function
// by hand: end
