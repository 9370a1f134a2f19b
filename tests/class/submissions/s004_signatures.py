import ctypes
from ctypes import c_bool, c_char_p, c_float, c_int, c_size_t, c_void_p


def load(path):
    lib = ctypes.CDLL(path)
    lib.spine_width.argtypes = [c_size_t, c_float]
    lib.spine_width.restype = c_float
    lib.isbn_of.argtypes = [c_char_p]
    lib.isbn_of.restype = c_int
    lib.isbn_is_valid.argtypes = [c_int]
    lib.isbn_is_valid.restype = c_bool
    lib.isbn_language.argtypes = [c_int]
    lib.isbn_language.restype = c_char_p
    lib.shelf_new.argtypes = []
    lib.shelf_new.restype = c_void_p
    lib.shelf_free.argtypes = [c_void_p]
    lib.shelf_free.restype = None
    lib.shelf_put.argtypes = [c_void_p, c_int]
    lib.shelf_put.restype = c_bool
    lib.shelf_count.argtypes = [c_void_p]
    lib.shelf_count.restype = c_size_t
    lib.shelf_list.argtypes = [c_void_p, c_bool]
    lib.shelf_list.restype = c_void_p
    lib.shelf_list_free.argtypes = [c_void_p]
    lib.shelf_list_free.restype = None
    return lib
