// A call policy for constructors: an object is made once, and it is one of Boost.Python's.
#ifndef INK_BOOST_ONCE_HPP
#define INK_BOOST_ONCE_HPP

#include "binding.hpp"

namespace ink_boost {

// by hand: ownership
// `init` hands its policy the arguments, `make_constructor` the same without the object.
inline PyObject *all_of(PyObject *arguments) { return arguments; }
template <class Shifted> PyObject *all_of(const Shifted &arguments) { return arguments.base; }

// Asked before a call. Boost.Python itself lets `__init__` put a second value into an object,
// before the first, and believes that `self` is an object of its own: `Pixel.__init__(7, 1, 2, 3)`
// would write into the number 7.
struct Once : py::default_call_policies {
    template <class Arguments> static bool precall(const Arguments &arguments) {
        PyObject *self = PyTuple_GET_ITEM(all_of(arguments), 0);
        if (!PyObject_TypeCheck(self, py::objects::class_type().get())) {
            PyErr_SetString(PyExc_TypeError, "this is no object of ink_boost");
            return false;
        }
        if (reinterpret_cast<const py::objects::instance<> *>(self)->objects) {
            PyErr_SetString(PyExc_RuntimeError, "the object is made already");
            return false;
        }
        return true;
    }
};
// by hand: end

} // namespace ink_boost

#endif
