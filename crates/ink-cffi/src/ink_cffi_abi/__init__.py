"""ink, bound with cffi in ABI mode: declarations in C, a library found at run time."""

from _ink_cffi.image import Image as _Image
from _ink_cffi.pixel import Pixel as _Pixel

from ._library import PATH as __library__
from ._library import InkError, InkIOError, callbacks, library

__all__ = ["Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

live_allocations, on_work = library.live_allocations, callbacks.on_work


class Pixel(_Pixel):
    __doc__, __slots__ = _Pixel.__doc__, ()
    _library = library


class Image(_Image):
    __doc__ = _Image.__doc__
    _library, _callbacks, _pixel_type = library, callbacks, Pixel


for _kind in (InkError, InkIOError):
    _kind.__module__ = __name__
