// Docstrings that begin with a signature, in the one form that `inspect` reads.
#pragma once

#include <string>
#include <utility>

#include <pybind11/pybind11.h>

namespace py = pybind11;

// by hand: signature
// pybind11 writes a signature of its own, with types in it, which `inspect.signature` cannot
// parse. So its own is switched off (module.cpp), and this is put in its place.
template <typename... Args>
std::string documented(const char *name, const char *text, const Args &...args) {
    std::string all = std::string(name) + "(self";
    (all.append(", ").append(args.name), ...);
    return all + ")\n--\n\n" + text;
}
// by hand: end

// Adds a method whose parameters are all named.
template <typename Class, typename Function, typename... Args>
void method(Class &type, const char *name, Function &&function, const char *text,
            const Args &...args) {
    type.def(name, std::forward<Function>(function), documented(name, text, args...).c_str(),
             args...);
}

// The same for a constructor.
template <typename Class, typename Init, typename... Args>
void constructor(Class &type, Init &&init, const Args &...args) {
    type.def(std::forward<Init>(init), documented("__init__", "", args...).c_str(), args...);
}
