"""A shelf of books, bound with ctypes: the functions of `native/shelf.h`."""

import ctypes
from ctypes import c_bool, c_char_p, c_double, c_int64, c_size_t, c_void_p

# One row to a function, in the order of the header: what it takes and what it
# gives. A table rather than twenty lines, since a row can be compared with the
# header at a glance, and a missing half would not be Python.
#
# A shelf is a `c_void_p`: its content is the library's business, so a pointer
# to a `Structure` without fields would say more, refuse more (a shelf could not
# be passed for a text) and is the better choice where there are many handles.
#
# What `shelf_list` returns is a `c_void_p` too, and not a `c_char_p`: that one
# copies the text and forgets the pointer, which nobody could then give back.
SIGNATURES = {
    "spine_width": ([c_size_t, c_double], c_double),
    "isbn_of": ([c_char_p], c_int64),
    "isbn_is_valid": ([c_int64], c_bool),
    "isbn_language": ([c_int64], c_char_p),
    "shelf_new": ([], c_void_p),
    "shelf_free": ([c_void_p], None),
    "shelf_put": ([c_void_p, c_int64], c_bool),
    "shelf_count": ([c_void_p], c_size_t),
    "shelf_list": ([c_void_p, c_bool], c_void_p),
    "shelf_list_free": ([c_void_p], None),
}


def load(path):
    """Opens the library at `path`, and tells ctypes what each function takes and gives."""
    lib = ctypes.CDLL(path)
    for name, (takes, gives) in SIGNATURES.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = takes, gives
    return lib
