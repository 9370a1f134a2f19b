# wrong: looks for NULL as C would, but ctypes shows it as None
# caught-by: null_raises
# says: did not raise `FileNotFoundError`

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


def check_code(result, function, arguments):
    if result < 0:
        raise os_error(-result)
    return result


def check_minus_one(result, function, arguments):
    if result == -1:
        raise os_error(ctypes.get_errno())
    return result


def check_null(result, function, arguments):
    if result == 0:
        raise os_error(ctypes.get_errno())
    return result


CHECKS = {CODE: check_code, MINUS_ONE: check_minus_one, NULL: check_null}


def load(path, functions=FUNCTIONS):
    """Opens the library at `path`; a call of one of these functions that fails raises."""
    lib = ctypes.CDLL(path, use_errno=True)
    for name, (takes, gives, failure) in functions.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = takes, gives
        if failure in CHECKS:
            function.errcheck = CHECKS[failure]
    return lib
