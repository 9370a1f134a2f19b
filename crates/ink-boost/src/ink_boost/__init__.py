"""ink, bound with Boost.Python: classes described in C++, by template."""

import sys
from pathlib import Path

from ._core import Album, Image, InkError, InkIOError, Pixel, live_allocations, on_work

__all__ = ["Album", "Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

_NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
# The copy that the loader found beside the module.
__library__ = str(Path(__file__).with_name(_NAME))

for _kind in (Album, Image, InkError, InkIOError, Pixel):
    _kind.__module__ = __name__
