# wrong: says how wide the argument is, and lets ctypes take the result for an int
# caught-by: doubles
# says: returned the wrong value

# FILL IN: an answer that people really give; one file for each

import ctypes


def twice(path, n):
    lib = ctypes.CDLL(path)
    lib.twice.argtypes = [ctypes.c_int64]
    return lib.twice(n)
