# wrong: makes the check the restype, which is given a C int whatever the function returns
# caught-by: minus_one_raises
# says: ended the process: abort

import ctypes
import os
from ctypes import c_char_p, c_int, c_int64, c_void_p

# How a function says that it failed.
CANNOT_FAIL = "not at all: whatever it returns is a result"
CODE = "below zero, it is a number of errno with a minus before it"
MINUS_ONE = "it returns -1, and errno says why"
NULL = "it returns NULL, and errno says why"

# What each function takes, what it gives, and how it says that it failed.
FUNCTIONS = {
    "depot_open": ([c_char_p], c_void_p, NULL),
    "depot_close": ([c_void_p], None, CANNOT_FAIL),
    "depot_put": ([c_void_p, c_int64, c_int], c_int, CODE),
    "depot_take": ([c_void_p, c_int64, c_int], c_int, CODE),
    "depot_weight": ([c_void_p, c_int64], c_int64, MINUS_ONE),
    "depot_move": ([c_void_p, c_int64, c_int], c_int, MINUS_ONE),
    "depot_floor": ([c_void_p, c_int64], c_int, CANNOT_FAIL),
    "depot_title": ([c_void_p, c_int64], c_char_p, NULL),
    "depot_note": ([c_void_p, c_int64], c_char_p, CANNOT_FAIL),
}


def os_error(number):
    return OSError(number, os.strerror(number))


def check(failure):
    def checked(result):
        if failure == CODE and result < 0:
            raise os_error(-result)
        if failure == MINUS_ONE and result == -1 or failure == NULL and result == 0:
            raise os_error(ctypes.get_errno())
        return result

    return checked


def load(path, functions=FUNCTIONS):
    """Opens the library at `path`; a call of one of these functions that fails raises."""
    lib = ctypes.CDLL(path, use_errno=True)
    for name, (takes, gives, failure) in functions.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = takes, gives
        if failure != CANNOT_FAIL:
            function.restype = check(failure)
    return lib
