# cython: language_level=3, boundscheck=False, wraparound=False
"""A loop over pixels at the speed of C, through a typed memoryview.

It is a module of its own because Cython supports no typed memoryviews in a second interpreter.
"""

from libc.stdint cimport uint8_t


cdef extern from "ink.hpp" nogil:
    ctypedef struct InkPixel:
        uint8_t r, g, b

    uint8_t luma "ink::luma"(InkPixel) noexcept


# ANCHOR: a_loop_without_python
def brightness(image):
    """The mean of all luma values. Takes whatever has a buffer of shape (height, width, 3)."""
    cdef const unsigned char[:, :, ::1] pixels = image
    cdef size_t total = 0
    cdef Py_ssize_t x, y
    if pixels.shape[2] != 3 or pixels.shape[0] * pixels.shape[1] == 0:
        raise ValueError("expected pixels of three bytes each")
    # No object of Python in sight, so the loop is plain C, and needs no GIL.
    with nogil:
        for y in range(pixels.shape[0]):
            for x in range(pixels.shape[1]):
                total += luma(InkPixel(pixels[y, x, 0], pixels[y, x, 1], pixels[y, x, 2]))
    return total / (pixels.shape[0] * pixels.shape[1])
# ANCHOR_END: a_loop_without_python
