// A parameter type for numbers that must fit: a type caster, which is how pybind11 is taught one.
#pragma once

#include <cstdint>
#include <limits>

#include <pybind11/pybind11.h>

// by hand: values
// Goes for a T wherever C++ asks for one. pybind11's own casters answer a number out of range
// with the TypeError of a function that has no such overload.
template <typename T> struct Number {
    T value = 0;
    operator T() const { return value; }
};

namespace pybind11::detail {

template <typename T> struct type_caster<Number<T>> {
    PYBIND11_TYPE_CASTER(Number<T>, const_name("int"));

    bool load(handle source, bool) {
        if (!PyIndex_Check(source.ptr())) {
            return false; // pybind11 makes a TypeError of it
        }
        auto number = reinterpret_steal<object>(PyNumber_Index(source.ptr()));
        const auto wide = number ? PyLong_AsUnsignedLongLong(number.ptr()) : 0;
        if (PyErr_Occurred()) {
            throw error_already_set(); // an OverflowError, or what __index__ raised
        }
        constexpr T largest = std::numeric_limits<T>::max();
        if (wide > largest) {
            throw std::overflow_error("the number must be from 0 to " + std::to_string(largest));
        }
        value.value = static_cast<T>(wide);
        return true;
    }
};

} // namespace pybind11::detail
// by hand: end

using U8 = Number<std::uint8_t>;
using U32 = Number<std::uint32_t>;
