// A parameter type for numbers that must fit: a type caster, which is how nanobind is taught one.
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include <nanobind/nanobind.h>

// by hand: values
// Goes for a T wherever C++ asks for one. nanobind's own casters answer a number out of range
// with the TypeError of a function that has no such overload.
template <typename T> struct Number {
    T value = 0;
    operator T() const { return value; }
};

namespace nanobind::detail {

template <typename T> struct type_caster<Number<T>> {
    using Value = Number<T>;
    static constexpr auto Name = const_name("int");
    template <typename> using Cast = Value;
    template <typename> static constexpr bool can_cast() { return true; }

    // ANCHOR: may_not_throw
    // Says whether this overload will do, and may not throw: `noexcept` is part of the protocol.
    bool from_python(handle source, std::uint32_t, cleanup_list *) noexcept {
        source_ = source;
        return PyIndex_Check(source.ptr()); // if not, nanobind makes a TypeError of it
    }

    // Called once all arguments will do, before the function runs. This may throw.
    explicit operator Value() const {
        const object number = steal(PyNumber_Index(source_.ptr()));
        const auto wide = number.is_valid() ? PyLong_AsUnsignedLongLong(number.ptr()) : 0;
        if (PyErr_Occurred()) {
            throw python_error(); // an OverflowError, or what __index__ raised
        }
        constexpr T largest = std::numeric_limits<T>::max();
        if (wide > largest) {
            throw std::overflow_error("the number must be from 0 to " + std::to_string(largest));
        }
        return Value{static_cast<T>(wide)};
    }
    // ANCHOR_END: may_not_throw

    handle source_;
};

} // namespace nanobind::detail
// by hand: end

using U8 = Number<std::uint8_t>;
using U32 = Number<std::uint32_t>;
