"""quire, bound with ctypes."""

# ANCHOR: ctypes_opens_it
import ctypes
from ctypes import POINTER, c_char_p, c_int32, c_uint64, c_void_p
from pathlib import Path

_lib = ctypes.CDLL(str(Path(__file__).with_name("libquire.so")))
# ANCHOR_END: ctypes_opens_it

# ANCHOR: ctypes_a_call
_lib.quire_sheets.argtypes = [c_int32]
_lib.quire_sheets.restype = c_int32


def sheets(pages):
    """How many sheets so many pages need."""
    return _lib.quire_sheets(pages)
# ANCHOR_END: ctypes_a_call


# ANCHOR: ctypes_a_string
_lib.quire_spine.argtypes = [c_char_p]
_lib.quire_spine.restype = c_void_p  # a c_char_p would be copied, and its address lost
_lib.quire_text_free.argtypes = [c_void_p]
_lib.quire_text_free.restype = None


def spine(title):
    """What goes on the spine."""
    if "\0" in title:
        raise ValueError("a title holds no NUL character")
    text = _lib.quire_spine(title.encode())
    if not text:
        raise MemoryError
    try:
        return ctypes.string_at(text).decode()
    finally:
        _lib.quire_text_free(text)
# ANCHOR_END: ctypes_a_string


# ANCHOR: ctypes_an_error
_lib.quire_error.argtypes = [c_int32]
_lib.quire_error.restype = c_char_p


def _check(code, function, arguments):
    """Called by ctypes with what the function returned."""
    if code < 0:
        raise ValueError(_lib.quire_error(code).decode())
# ANCHOR_END: ctypes_an_error


# ANCHOR: ctypes_a_struct_with_an_owner
class _Block(ctypes.Structure):
    """A struct whose inside C keeps to itself."""


_lib.quire_block_new.argtypes = [c_int32]
_lib.quire_block_new.restype = POINTER(_Block)
_lib.quire_block_sheets.argtypes = [POINTER(_Block)]
_lib.quire_block_sheets.restype = c_int32
_lib.quire_block_sew.argtypes = [POINTER(_Block), c_int32]
_lib.quire_block_sew.restype = c_int32
_lib.quire_block_sew.errcheck = _check
_lib.quire_block_free.argtypes = [POINTER(_Block)]
_lib.quire_block_free.restype = None
_lib.quire_blocks_alive.argtypes = []
_lib.quire_blocks_alive.restype = c_int32
blocks_alive = _lib.quire_blocks_alive


class Block:
    """The block of a book. It owns the one in C."""

    _block = None

    def __init__(self, at_most):
        self._block = _lib.quire_block_new(at_most)
        if not self._block:
            raise MemoryError

    def __del__(self, free=_lib.quire_block_free):
        block, self._block = self._block, None
        if block:
            free(block)

    def sew(self, sheets):
        """Sews more sheets to it."""
        _lib.quire_block_sew(self._block, sheets)

    @property
    def sheets(self):
        """How many it has."""
        return _lib.quire_block_sheets(self._block)
# ANCHOR_END: ctypes_a_struct_with_an_owner


# ANCHOR: ctypes_a_long_computation
_lib.quire_foldings.argtypes = [c_int32]
_lib.quire_foldings.restype = c_uint64


def foldings(leaves):
    """In how many ways so many leaves can be folded. Other threads run meanwhile."""
    return _lib.quire_foldings(leaves)
# ANCHOR_END: ctypes_a_long_computation
