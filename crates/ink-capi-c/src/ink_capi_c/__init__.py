"""ink, bound with CPython's C API: every reference counted by hand."""

import sys
from pathlib import Path

from ._ink import Image, InkError, InkIOError, Pixel, live_allocations, on_work

__all__ = ["Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

# The copy that the loader has taken: the module looks for it in its own folder.
_NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
__library__ = str(Path(__file__).with_name(_NAME))
