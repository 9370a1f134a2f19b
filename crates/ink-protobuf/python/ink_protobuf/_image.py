"""The API of all the bindings, as far as it crosses a process border.

Not here: `map`, because a callback for each pixel would be a message there and one back for each
(take `pixels()`, change them, and use `from_pixels`); and the buffer protocol, because there is no
memory in common. `pixels()` is a copy, and says so by being `bytes`.
"""

import os
import weakref

from ._connection import connect
from ._errors import InkError, ServerDied
from ._pixel import Pixel, message, unsigned

INVALID_TEXT = 2


class Image:
    """An image in the server. It is freed there when this object goes, or by `close()`."""

    def __init__(self, width, height, *, connection=None):
        self._connection = connection or connect()
        size = {"width": unsigned(width, 32), "height": unsigned(height, 32)}
        self._own(self._connection.call(new_image=size))

    @classmethod
    def from_pixels(cls, width, height, data, *, connection=None):
        """A copy of these bytes, and not the only one: see the README."""
        size = {"width": unsigned(width, 32), "height": unsigned(height, 32)}
        data = memoryview(data).tobytes()
        return cls._made(connection, from_pixels={**size, "data": data})

    @classmethod
    def read(cls, path, *, connection=None):
        """Reads a PNG. The server opens the file, so the path is made one that it understands."""
        return cls._made(connection, read=_path(path))

    @classmethod
    def _made(cls, connection, **call):
        image = cls.__new__(cls)
        image._connection = connection or connect()
        image._own(image._connection.call(**call))
        return image

    # ANCHOR: only_a_number
    def _own(self, made):
        self._size = made.width, made.height
        self._number = made.image
        # Not __del__: this holds the connection and not the image, and runs once at most.
        self._finalizer = weakref.finalize(self, self._connection.forget, made.image)
        self._finalizer.atexit = False  # at the end of Python, the connection ends first
    # ANCHOR_END: only_a_number

    def _handle(self):
        if self.closed:
            raise ValueError("the image is closed")
        return self._number

    @property
    def width(self):
        self._handle()
        return self._size[0]

    @property
    def height(self):
        self._handle()
        return self._size[1]

    @property
    def title(self):
        return self._connection.call(title=self._handle())

    # ANCHOR: text_as_bytes
    @title.setter
    def title(self, title):
        if not isinstance(title, str):
            raise TypeError(f"a title is a str, not {type(title).__name__}")
        try:
            title = title.encode()
        except UnicodeEncodeError as error:
            raise InkError("the title cannot be UTF-8", INVALID_TEXT) from error
        self._connection.call(set_title={"image": self._handle(), "title": title})
    # ANCHOR_END: text_as_bytes

    def describe(self):
        return self._connection.call(describe=self._handle())

    # ANCHOR: a_call_is_a_message
    def get(self, x, y):
        pixel = self._connection.call(get_pixel=self._place(x, y))
        return Pixel(pixel.r, pixel.g, pixel.b)
    # ANCHOR_END: a_call_is_a_message

    def set(self, x, y, pixel):
        if not isinstance(pixel, Pixel):
            raise TypeError(f"a pixel is a Pixel, not {type(pixel).__name__}")
        place = self._place(x, y)
        self._connection.call(set_pixel={"place": place, "pixel": message(pixel)})

    def _place(self, x, y):
        return {"image": self._handle(), "x": unsigned(x, 32), "y": unsigned(y, 32)}

    # ANCHOR: blurs_elsewhere
    def blur(self, radius):
        """Blurs, in another process: the GIL is free, and so is this processor."""
        radius = unsigned(radius, 32)
        self._connection.call(blur={"image": self._handle(), "radius": radius})
    # ANCHOR_END: blurs_elsewhere

    def pixels(self):
        """All pixels, three bytes each: a copy, made and carried here by this call."""
        return self._connection.call(pixels=self._handle())

    def write(self, path):
        self._connection.call(write={"image": self._handle(), "path": _path(path)})

    @property
    def closed(self):
        return not self._finalizer.alive

    def close(self):
        """Frees it now. Twice is fine."""
        if self._finalizer.detach():
            try:
                self._connection.call(free=self._number)
            except ServerDied:
                pass  # and the image with it

    def __enter__(self):
        self._handle()
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        name = type(self).__name__
        if self.closed:
            return f"<{name} closed>"
        width, height = self._size
        try:
            return f"<{name} {self.title!r} {width}x{height}>"
        except ServerDied:
            return f"<{name} lost {width}x{height}>"


def live_allocations(*, connection=None):
    """How many images the server has out: its own count, on its side of the border."""
    return (connection or connect()).call(live_allocations={})


def _path(path):
    """An absolute path in bytes: the server has a current folder of its own."""
    return os.path.abspath(os.fsencode(path))
