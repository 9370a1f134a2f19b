"""ink behind a process border: the images live in a server, and here are numbers for them."""

from ._connection import Connection, InkError, InkIOError, ServerDied, connect
from ._image import Image, Pixel, live_allocations

__all__ = [
    "Connection",
    "Image",
    "InkError",
    "InkIOError",
    "Pixel",
    "ServerDied",
    "connect",
    "live_allocations",
]

for _name in __all__:
    globals()[_name].__module__ = __name__
