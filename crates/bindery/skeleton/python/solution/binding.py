# FILL IN: the answer, with the choice explained and the one that was rejected
"""`native/library.c`, bound with ctypes."""

import ctypes


def twice(path, n):
    """Twice the number, from the library at `path`."""
    lib = ctypes.CDLL(path)
    lib.twice.argtypes, lib.twice.restype = [ctypes.c_int64], ctypes.c_int64
    return lib.twice(n)
