"""CFFI in API mode, with its C file compiled as C++: no wrapper library, no C header."""

from cffi import FFI

# ANCHOR: cffi_compiles_cpp
ffibuilder = FFI()
ffibuilder.cdef(
    """
    typedef ... Readings;
    Readings *make(const char *unit);
    void end(Readings *);
    void add(Readings *, double);
    double mean(Readings *);
    double twice(double);
    int larger(int, int);
    int living();
    """
)
ffibuilder.set_source(
    "readings_cffi",
    """
    #include "readings.hpp"

    static Readings *make(const char *unit) { return new Readings(unit); }
    static void end(Readings *readings) { delete readings; }
    static void add(Readings *readings, double value) { readings->add(value); }
    static double mean(Readings *readings) { return readings->mean(); }
    static int larger(int a, int b) { return largest(a, b); }
    """,
    sources=["readings.cpp"],
    source_extension=".cpp",
)
# ANCHOR_END: cffi_compiles_cpp
