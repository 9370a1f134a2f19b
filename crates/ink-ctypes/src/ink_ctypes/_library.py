"""Finds libink, loads it, and declares every function that is called.

ctypes cannot read a header. What stands here is a copy of `ink.h` by hand, and no compiler
compares the two: a wrong line is a wrong call, with no message at all.
"""

import ctypes
import os
import sys
from ctypes import POINTER, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from pathlib import Path

from ._errors import InkError, check

ABI_VERSION = 1

# A library has another name on each system, and may be somewhere else altogether.
NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
PATH = os.environ.get("INK_LIBRARY") or str(Path(__file__).with_name(NAME))


class CPixel(ctypes.Structure):
    """`InkPixel`, by value. The names and the order are what the header says."""

    _fields_ = [("r", c_uint8), ("g", c_uint8), ("b", c_uint8)]


MapCallback = ctypes.CFUNCTYPE(c_int, c_uint32, c_uint32, POINTER(CPixel), c_void_p)
WorkHook = ctypes.CFUNCTYPE(None, c_void_p)

# An image is a `void *`: an address, which ctypes hands out as an int. Declared as c_int, which
# is what ctypes assumes of everything, it would lose its upper half.
Handle = c_void_p


# by hand: wrong_library
def load(path):
    """Loads the library, or says what is wrong with it."""
    try:
        # PyDLL keeps the GIL during a call, CDLL releases it. For a call of some nanoseconds
        # the first is quicker, and nobody else can come in between.
        library = ctypes.PyDLL(path)
        version = library.ink_version
    except (OSError, AttributeError) as error:
        raise refusal(path, f"{other_machine(path)}{error}") from error
    version.argtypes, version.restype = [], c_uint32
    if version() != ABI_VERSION:
        raise refusal(path, f"its ABI has version {version()}, and this binding knows {ABI_VERSION}")
    return library


def refusal(path, why):
    hint = "let `INK_LIBRARY` name a libink for this machine, or unset it"
    return ImportError(f"cannot load ink from `{path}`: {why}\n\nhint: {hint}")


def other_machine(path):
    """What the loader does not say of a good library for another processor (Linux)."""
    try:
        with open(path, "rb") as file, open(sys.executable, "rb") as python:
            here, there = python.read(20), file.read(20)
    except OSError:
        return ""
    elf = here[:4] == there[:4] == b"\x7fELF"
    same = here[4] == there[4] and here[18:] == there[18:] if elf else True
    return "" if same else "it is for another kind of machine; the loader says: "


# by hand: end

library = load(PATH)
# by hand: gil
without_the_gil = ctypes.CDLL(PATH)
# by hand: end


def _declare(name, *arguments, library=library):
    """A function that returns a status: `errcheck` makes an exception of it."""
    function = getattr(library, name)
    function.argtypes, function.restype, function.errcheck = arguments, c_int, check
    return function


def _plain(name, result, *arguments):
    """A function that cannot fail."""
    function = getattr(library, name)
    function.argtypes, function.restype = arguments, result
    return function


def address(thunk):
    """Where a thunk begins, for a parameter that may be NULL too."""
    return ctypes.cast(thunk, c_void_p).value


image_new = _declare("ink_image_new", c_uint32, c_uint32, POINTER(Handle))
image_from_pixels = _declare(
    "ink_image_from_pixels", c_uint32, c_uint32, c_void_p, c_size_t, POINTER(Handle)
)
image_read = _declare("ink_image_read", c_char_p, POINTER(Handle), library=without_the_gil)
image_write = _declare("ink_image_write", Handle, c_char_p, library=without_the_gil)
image_get_pixel = _declare("ink_image_get_pixel", Handle, c_uint32, c_uint32, POINTER(CPixel))
image_set_pixel = _declare("ink_image_set_pixel", Handle, c_uint32, c_uint32, CPixel)
image_pixels = _declare("ink_image_pixels", Handle, POINTER(c_void_p), POINTER(c_size_t))
image_set_title = _declare("ink_image_set_title", Handle, c_char_p)
# An OWNED string must be kept as an address. Declared as c_char_p it would become `bytes`, and
# the address that has to be freed would be gone.
image_describe = _declare("ink_image_describe", Handle, POINTER(c_void_p))
image_map = _declare("ink_image_map", Handle, MapCallback, c_void_p)
image_blur = _declare("ink_image_blur", Handle, c_uint32, library=without_the_gil)

image_free = _plain("ink_image_free", None, Handle)
image_width = _plain("ink_image_width", c_uint32, Handle)
image_height = _plain("ink_image_height", c_uint32, Handle)
image_title = _plain("ink_image_title", c_char_p, Handle)
string_free = _plain("ink_string_free", None, c_void_p)
pixel_luma = _plain("ink_pixel_luma", c_uint8, CPixel)
live_allocations = _plain("ink_live_allocations", c_size_t)
# The hook is declared as an address, so that NULL can be given as None.
set_work_hook = _plain("ink_set_work_hook", None, c_void_p, c_void_p)
last_error_message = _plain("ink_last_error_message", c_char_p)
