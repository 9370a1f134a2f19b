"""API mode, with the mistakes that ABI mode does not see. It compiles."""

from cffi import FFI

ffibuilder = FFI()
# ANCHOR: forgotten_things
ffibuilder.cdef(
    """
    struct packet { char tag; double value; };   /* not said: packed */
    struct reading { long id; double value; };   /* not said: unit */
    struct packet *a_packet(void);
    struct reading *a_reading(void);
    long third(long a, long b, long c);          /* b is a double */
    """
)
# ANCHOR_END: forgotten_things
ffibuilder.set_source("border_api", '#include "border.h"', sources=["layout.c"])
