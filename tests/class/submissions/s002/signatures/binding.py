import ctypes
from ctypes import c_bool, c_char_p, c_double, c_int64, c_size_t, c_void_p


def load(path):
    lib = ctypes.CDLL(path)
    lib.spine_width.restype = c_double
    lib.isbn_of.restype = c_int64
    lib.isbn_is_valid.restype = c_bool
    lib.isbn_language.restype = c_char_p
    lib.shelf_new.restype = c_void_p
    lib.shelf_free.restype = None
    lib.shelf_put.restype = c_bool
    lib.shelf_count.restype = c_size_t
    lib.shelf_list.restype = c_void_p
    lib.shelf_list_free.restype = None
    return lib
