"""ink, bound with CPython's C API, called from Rust."""

from ._ink import Image, InkError, InkIOError, Pixel, live_allocations, on_work
from ._ink import __file__ as __library__

__all__ = ["Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]
