"""Bound with CFFI in API mode: a C compiler has read the declarations."""

from cffi import FFI

ffibuilder = FFI()
ffibuilder.set_source("tally_cffi", '#include "tally.h"')
ffibuilder.cdef(
    """
    long tally_add(long a, long b);
    void tally_noop(void);
    int tally_fail(void);
    int tally_call(int (*callback)(long i, void *data), void *data, long times);
    double tally_total(const double *numbers, size_t length);
    extern "Python" int call_back(long i, void *data);
    """
)
