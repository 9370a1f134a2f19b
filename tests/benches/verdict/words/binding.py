"""The functions of `native/words.c`, bound with ctypes."""

import ctypes
from ctypes import c_char_p, c_double, c_int64, c_size_t

SIGNATURES = {
    "words_count": ([c_char_p], c_int64),
    "words_longest": ([c_char_p], c_size_t),
    "words_per_line": ([c_int64, c_int64], c_double),
}


def load(path):
    """Opens the library at `path`, and says what each function takes and gives."""
    lib = ctypes.CDLL(path)
    for name, (takes, gives) in SIGNATURES.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = takes, gives
    return lib
