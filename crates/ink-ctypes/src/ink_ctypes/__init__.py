"""ink, bound with ctypes: no compiler, no header, and nothing that checks what you declare."""

from ._errors import InkError, InkIOError
from ._image import Image
from ._library import PATH as __library__
from ._library import live_allocations
from ._map import on_work
from ._pixel import Pixel

__all__ = ["Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

for _kind in (Image, InkError, InkIOError, Pixel):
    _kind.__module__ = __name__
