#include <boost/python.hpp>

#include "vault.hpp"

BOOST_PYTHON_MODULE(vault_boost) { boost::python::def("open", &vault_open); }
