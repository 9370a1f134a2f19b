# cython: language_level=3, binding=True, c_string_type=str, c_string_encoding=utf8
"""The compiled module. What it is made of stands in the files that it includes."""

# The names of C++ come from `_native.pxd`, which belongs to this file because of its name.
require_version()

include "errors.pxi"
include "pixel.pxi"
include "callbacks.pxi"
include "owner.pxi"
include "image.pxi"
include "album.pxi"


def live_allocations():
    """How many images and strings of the library are out."""
    return count_allocations()
