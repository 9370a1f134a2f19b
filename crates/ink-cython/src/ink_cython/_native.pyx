# cython: language_level=3, binding=True
# cython: subinterpreters_compatible=own_gil
# cython: c_string_type=str, c_string_encoding=utf8
"""The compiled module. What it is made of stands in the files that it includes.

`own_gil` is a promise, which Cython passes on to Python and does not keep for us. It warns of
the one function here that takes the GIL. That goes well since Python 3.12 for a thread that came
from Python, which gets its own interpreter back; a foreign thread would get the first one.
"""

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
