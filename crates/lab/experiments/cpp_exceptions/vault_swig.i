%module vault_swig
%{
#include "vault.hpp"
%}

// ANCHOR: swig_exception
%include <exception.i>
%exception {
    try {
        $action
    } SWIG_CATCH_STDEXCEPT catch (...) {
        SWIG_exception(SWIG_RuntimeError, "something was thrown that is no std::exception");
    }
}
// ANCHOR_END: swig_exception

int vault_open(int key);
