// A C++ library that throws. It knows nothing of Python.
#pragma once

#include <new>
#include <stdexcept>
#include <string>

// ANCHOR: what_it_throws
struct Alarm : std::exception {
    const char *what() const noexcept override { return "the alarm is on"; }
};

inline int vault_open(int key) {
    switch (key) {
    case 0: return 7;
    case 1: throw std::runtime_error("the door is stuck");
    case 2: throw std::out_of_range("there is no such box");
    case 3: throw std::invalid_argument("this is no key");
    case 4: throw std::bad_alloc();
    case 5: throw std::overflow_error("too many coins");
    case 6: throw Alarm();
    default: throw key;  // legal: anything can be thrown
    }
}
// ANCHOR_END: what_it_throws
