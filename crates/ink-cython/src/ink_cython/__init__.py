"""ink, bound with Cython: Python with C++ types, compiled."""

import sys
from pathlib import Path

from ._native import Album, Image, InkError, InkIOError, Pixel, live_allocations, on_work

__all__ = ["Album", "Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

_NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
__library__ = str(Path(__file__).with_name(_NAME))
