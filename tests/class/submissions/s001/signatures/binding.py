"""A shelf of books, bound with ctypes."""

import ctypes
from ctypes import c_bool, c_char_p, c_double, c_int64, c_size_t, c_void_p


def declare(function, takes, gives):
    function.argtypes = takes
    function.restype = gives


def load(path):
    lib = ctypes.CDLL(path)
    declare(lib.spine_width, [c_size_t, c_double], c_double)
    declare(lib.isbn_of, [c_char_p], c_int64)
    declare(lib.isbn_is_valid, [c_int64], c_bool)
    declare(lib.isbn_language, [c_int64], c_char_p)
    declare(lib.shelf_new, [], c_void_p)
    declare(lib.shelf_free, [c_void_p], None)
    declare(lib.shelf_put, [c_void_p, c_int64], c_bool)
    declare(lib.shelf_count, [c_void_p], c_size_t)
    declare(lib.shelf_list, [c_void_p, c_bool], c_void_p)
    declare(lib.shelf_list_free, [c_void_p], None)
    return lib
