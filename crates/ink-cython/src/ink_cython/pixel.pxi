# A pixel: a value. Its class is a dataclass, so most of it is written by Cython.

from cpython.number cimport PyNumber_Index
from cython.dataclasses import dataclass


# by hand: values
cdef uint32_t whole(number) except? 4711:
    """An integer that fits. By itself Cython takes what has an `__int__`, a float among them."""
    return PyNumber_Index(number)
# by hand: end


@dataclass(frozen=True, init=False)
cdef class Pixel:
    # by hand: signature
    # inspect.signature() reads the first line of a compiled class, up to the dashes.
    """Pixel(r, g, b)\n--\n\nOne pixel: red, green and blue, from 0 to 255. It cannot be changed."""
    # by hand: end

    __module__ = "ink_cython"

    cdef readonly uint8_t r
    cdef readonly uint8_t g
    cdef readonly uint8_t b

    # by hand: values
    def __init__(self, r, g, b):
        self.r, self.g, self.b = PyNumber_Index(r), PyNumber_Index(g), PyNumber_Index(b)

    # by hand: end
    # ANCHOR: a_def_that_calls_c
    def luma(self):
        """How bright it looks, 0 to 255."""
        return luma(InkPixel(self.r, self.g, self.b))
    # ANCHOR_END: a_def_that_calls_c
