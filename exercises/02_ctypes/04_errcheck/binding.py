"""A depot of books, bound with ctypes: the functions of `native/depot.h`."""

import ctypes
from ctypes import c_char_p, c_int, c_int64, c_void_p

# How a function says that it failed.
CANNOT_FAIL = "not at all: whatever it returns is a result"
CODE = "below zero, it is a number of errno with a minus before it"
MINUS_ONE = "it returns -1, and errno says why"
NULL = "it returns NULL, and errno says why"

# What each function takes, what it gives, and how it says that it failed.
FUNCTIONS = {
    # TODO: the header says it better than the third column does.
    "depot_open": ([c_char_p], c_void_p, CANNOT_FAIL),
    "depot_close": ([c_void_p], None, CANNOT_FAIL),
    "depot_put": ([c_void_p, c_int64, c_int], c_int, CANNOT_FAIL),
    "depot_take": ([c_void_p, c_int64, c_int], c_int, CANNOT_FAIL),
    "depot_weight": ([c_void_p, c_int64], c_int64, CANNOT_FAIL),
    "depot_move": ([c_void_p, c_int64, c_int], c_int, CANNOT_FAIL),
    "depot_floor": ([c_void_p, c_int64], c_int, CANNOT_FAIL),
    "depot_title": ([c_void_p, c_int64], c_char_p, CANNOT_FAIL),
    "depot_note": ([c_void_p, c_int64], c_char_p, CANNOT_FAIL),
}


def load(path, functions=FUNCTIONS):
    """Opens the library at `path`; a call of one of these functions that fails raises."""
    lib = ctypes.CDLL(path)
    for name, (takes, gives, failure) in functions.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = takes, gives
        # TODO: see to `failure`.
    return lib
