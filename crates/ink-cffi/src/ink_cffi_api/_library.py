"""API mode: the compiled module, and its two functions that Python fills in.

The loader finds libink beside the module while the module is loaded, so a library that is
missing or broken is the loader's error, and comes out of the import as it is.
"""

import sys
from pathlib import Path

from _ink_cffi.callbacks import Callbacks
from _ink_cffi.library import Library

from ._native import ffi, lib

NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
PATH = str(Path(__file__).with_name(NAME))


# by hand: errors
class InkError(Exception):
    """A call that the library refused. `code` is its status."""

    code = 0


class InkIOError(InkError, OSError):
    """A file that could not be read or written."""


# by hand: end

library = Library(ffi, lib, (InkError, InkIOError))
callbacks = Callbacks(library)

# The C functions are there since the module was compiled. cffi keeps what fills them in, for
# each interpreter. If `visit` fails, C gets a 1: stop.
ffi.def_extern("ink_cffi_visit", error=1, onerror=callbacks.lay_aside)(callbacks.visit)
ffi.def_extern("ink_cffi_ring")(callbacks.ring)
callbacks.to_visit, callbacks.to_ring = lib.ink_cffi_visit, lib.ink_cffi_ring
