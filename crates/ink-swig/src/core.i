// The module `ink_swig.core`: SWIG reads this file and writes a C++ file and a Python file.
//
// What is declared here and in the files below is a second copy of the header, shortened. SWIG
// wraps what it is shown; the C++ compiler notices a declaration that ink.hpp does not bear out.
// In between stand typemaps: C++ that SWIG pastes into every function with a matching parameter.
%module(package="ink_swig", directors="1", threads="1") core

// `threads` lets directors take the GIL, and would release it around each call as well. Only blur
// is long enough for that: see image.i.
%nothreadallow;

%{
#include <ink.hpp>

#include "picture.hpp"
%}

%include <stdint.i>
%include <std_string.i>
%include <std_shared_ptr.i>

%include "errors.i"
%include "numbers.i"
%include "text.i"
%include "pixel.i"
%include "views.i"
%include "callbacks.i"
%include "image.i"
%include "album.i"

%{
static size_t live_allocations() { return ink::live_allocations(); }
%}
%feature("docstring") live_allocations "How many images and strings the library has out.";
size_t live_allocations();

// by hand: wrong_library
// Before anything else of the library is called.
%init %{
try {
    ink::require_version();
} catch (const std::exception &error) {
    PyErr_SetString(PyExc_ImportError, error.what());
    return -1;
}
%}
// by hand: end
