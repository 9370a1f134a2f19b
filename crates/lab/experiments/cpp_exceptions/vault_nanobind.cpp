#include <nanobind/nanobind.h>

#include "vault.hpp"

NB_MODULE(vault_nanobind, module) { module.def("open", &vault_open); }
