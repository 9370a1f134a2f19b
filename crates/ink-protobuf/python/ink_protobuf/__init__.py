"""ink behind a process border: the images live in a server, and here are numbers for them."""

from ._connection import Connection, connect
from ._errors import InkError, InkIOError, ServerDied
from ._image import Image, live_allocations
from ._pixel import Pixel

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
