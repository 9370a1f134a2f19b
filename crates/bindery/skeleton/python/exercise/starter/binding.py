# FILL IN: what a learner starts from: it fails for the reason it teaches
"""`native/library.c`, bound with ctypes."""

import ctypes


def twice(path, n):
    """Twice the number, from the library at `path`."""
    lib = ctypes.CDLL(path)
    # TODO: say what C declares.
    return lib.twice(n)
