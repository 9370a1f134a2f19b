"""A shelf of books, bound with ctypes: the functions of `native/shelf.h`."""

import ctypes


def load(path):
    """Opens the library at `path`, and tells ctypes what each function takes and gives."""
    lib = ctypes.CDLL(path)
    # TODO: declare `argtypes` and `restype` of all ten functions.
    return lib
