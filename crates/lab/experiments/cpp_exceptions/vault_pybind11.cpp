#include <pybind11/functional.h>
#include <pybind11/pybind11.h>

#include "vault.hpp"

// Calls Python, which may call what throws. Whatever pybind11 has on the stack here catches.
static int through_python(const pybind11::object &function, int key) {
    return function(key).cast<int>();
}

PYBIND11_MODULE(vault_pybind11, module) {
    module.def("open", &vault_open);
    module.def("through_python", &through_python);
}
