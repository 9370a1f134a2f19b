"""ink, bound with pybind11: a C++ library's types and exceptions, declared in C++."""

import sys
from pathlib import Path

from ._native import Album, Image, InkError, InkIOError, Pixel, live_allocations, on_work

__all__ = ["Album", "Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

_NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
__library__ = str(Path(__file__).with_name(_NAME))

# The types are made in `_native`, which is nobody's business.
for _kind in (Album, Image, InkError, InkIOError, Pixel):
    _kind.__module__ = __name__
