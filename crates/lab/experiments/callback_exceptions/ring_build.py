"""ring.c for CFFI, in API mode."""

from cffi import FFI

ffibuilder = FFI()
ffibuilder.cdef("""
    typedef int (*ring_visit)(int number, void *user);
    int ring_walk(int steps, unsigned char trace, ring_visit visit, void *user, int *visited);
    extern "Python" int plain_visit(int, void *);
    extern "Python" int visit_with_error(int, void *);
    extern "Python" int visit_with_onerror(int, void *);
    extern "Python" int visit_with_both(int, void *);
""")
ffibuilder.set_source("ring_cffi", '#include "ring.h"')
