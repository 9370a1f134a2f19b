"""The C interface for CFFI, which does not read C++ but can be compiled with it."""

from cffi import FFI

ffibuilder = FFI()
ffibuilder.cdef("int vault_open_c(int key);")
ffibuilder.set_source("vault_cffi", '#include "vault_c.h"', source_extension=".cpp")
