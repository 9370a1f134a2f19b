"""ABI mode: finds libink, loads it, and believes the declarations.

They are parsed when this is imported. Nothing compares them with the library: it knows its
functions by name, and has forgotten what they take.
"""

import os
import sys
from pathlib import Path

from cffi import FFI

from _ink_cffi.callbacks import Callbacks
from _ink_cffi.declarations import DECLARATIONS
from _ink_cffi.library import Library

NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
PATH = os.environ.get("INK_LIBRARY") or str(Path(__file__).with_name(NAME))


# by hand: errors
class InkError(Exception):
    """A call that the library refused. `code` is its status."""

    code = 0


class InkIOError(InkError, OSError):
    """A file that could not be read or written."""


# by hand: end
# by hand: wrong_library
def load(ffi, path):
    """Loads the library, or says what is wrong with it."""
    # cffi unloads a library when its `ffi` is gone, and asks nobody whether an image still has to
    # be freed with it. At the interpreter's end the order is anybody's guess: so it stays.
    flags = ffi.RTLD_NOW | getattr(ffi, "RTLD_NODELETE", 0)
    try:
        return Library(ffi, ffi.dlopen(path, flags), (InkError, InkIOError))
    except (OSError, AttributeError, ImportError) as error:
        hint = "let `INK_LIBRARY` name a libink for this machine, or unset it"
        why = f"{other_machine(path)}{error}"
        raise ImportError(f"cannot load ink from `{path}`: {why}\n\nhint: {hint}") from error


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

ffi = FFI()
ffi.cdef(DECLARATIONS)
library = load(ffi, PATH)
callbacks = Callbacks(library)

# A callback is a Python object with a piece of machine code, made now. C keeps its address and
# not the object, so these two names keep it. If `visit` fails, C gets a 1: stop.
callbacks.to_visit = ffi.callback(
    "InkMapCallback", callbacks.visit, error=1, onerror=callbacks.lay_aside
)
callbacks.to_ring = ffi.callback("InkWorkHook", callbacks.ring)
