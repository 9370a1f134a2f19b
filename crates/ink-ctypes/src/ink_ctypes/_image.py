"""The image: an owner for a handle, and the rules that the library leaves to its callers."""

import ctypes
from ctypes import byref, c_size_t, c_uint8, c_void_p
from functools import lru_cache

from . import _library as c
from ._errors import encode, path_bytes
from ._map import mapped
from ._pixel import U32, Pixel, number
from ._use import Use


# by hand: buffer
@lru_cache
def memory(length):
    """The type of so many bytes. For ctypes each length is a class, and a class is dear."""
    return c_uint8 * length


# by hand: end


class Image:
    """A picture with a title, freed when it is closed or forgotten."""

    # Any Python object that goes with the picture.
    tag = None

    def __init__(self, width, height):
        # by hand: ownership
        if self._handle is not None:  # Python lets anybody call it again
            raise RuntimeError("the image has been made already")
        # by hand: end
        handle = c.Handle()
        width, height = number(width, "width", U32), number(height, "height", U32)
        c.image_new(width, height, byref(handle))
        self._adopt(handle)

    @classmethod
    def from_pixels(cls, width, height, data):
        """An image with a copy of these pixels: three bytes each, row by row."""
        width, height, handle = number(width, "width", U32), number(height, "height", U32), c.Handle()
        # by hand: buffer
        with memoryview(data) as view:
            if not view.c_contiguous:
                raise BufferError("the pixels must lie in one piece")
            # ctypes gives no address of what is read-only, so there it takes a copy more.
            held = view.tobytes() if view.readonly else memory(view.nbytes).from_buffer(view)
            try:
                c.image_from_pixels(width, height, held, view.nbytes, byref(handle))
            finally:
                del held  # before the view, which it keeps open
        # by hand: end
        return cls._owner_of(handle)

    @classmethod
    def read(cls, path):
        """Reads a PNG file."""
        handle = c.Handle()
        c.image_read(path_bytes(path), byref(handle))
        return cls._owner_of(handle)

    # by hand: ownership
    _handle = None  # for an object whose __init__ never ran

    @classmethod
    def _owner_of(cls, handle):
        image = cls.__new__(cls)
        image._adopt(handle)
        return image

    def _adopt(self, handle):
        """Becomes the owner of what the library handed out."""
        self._handle, self._use = handle.value, Use()

    def __del__(self):
        # Nobody refers to it any more, so nobody uses it: a view would hold a reference.
        handle, self._handle = self._handle, None
        c.image_free(handle)

    # by hand: end
    # by hand: closed
    @property
    def _open(self):
        """The lock and the marks of an image that is there: NULL must not go for an image."""
        if self._handle is None:
            raise ValueError("the image is closed")
        return self._use

    def close(self):
        """Frees the image now. Closing twice is fine."""
        if self._handle is not None:
            with self._use.changing():
                self.__del__()

    @property
    def closed(self):
        """Whether it has been closed."""
        return self._handle is None

    def __enter__(self):
        self._open
        return self

    def __exit__(self, *exception):
        self.close()

    # by hand: end
    @property
    def width(self):
        """How many pixels a row has."""
        with self._open.reading():
            return c.image_width(self._handle)

    @property
    def height(self):
        """How many rows there are."""
        with self._open.reading():
            return c.image_height(self._handle)

    @property
    def title(self):
        """The title; empty if there is none."""
        with self._open.reading():
            return c.image_title(self._handle).decode()

    @title.setter
    def title(self, title):
        title = encode(title, "the title")
        with self._open.changing(pixels=False):
            c.image_set_title(self._handle, title)

    def describe(self):
        """The image in words."""
        words = c_void_p()
        with self._open.reading():
            c.image_describe(self._handle, byref(words))
        # by hand: ownership
        try:
            return ctypes.string_at(words.value).decode()
        finally:
            c.string_free(words)
        # by hand: end

    def get(self, x, y):
        """The pixel in column `x` of row `y`."""
        pixel = c.CPixel()
        with self._open.reading():
            c.image_get_pixel(self._handle, number(x, "x", U32), number(y, "y", U32), byref(pixel))
        return Pixel._from_c(pixel)

    def set(self, x, y, pixel):
        """Replaces the pixel in column `x` of row `y`."""
        x, y, pixel = number(x, "x", U32), number(y, "y", U32), Pixel._to_c(pixel)
        with self._open.changing():
            c.image_set_pixel(self._handle, x, y, pixel)

    def map(self, callback):
        """Replaces each pixel by `callback(x, y, pixel)`, all of them or none."""
        with self._open.working("mapped"):
            mapped(self._handle, callback)

    def blur(self, radius):
        """Each pixel becomes the mean of the square around it. Without the GIL."""
        radius = number(radius, "radius", U32)
        with self._open.working("blurred"):
            c.image_blur(self._handle, radius)

    def write(self, path):
        """Writes a PNG file."""
        path = path_bytes(path)
        with self._open.reading():
            c.image_write(self._handle, path)

    def pixels(self):
        """A read-only view of the library's own memory, row by row."""
        # by hand: buffer
        data, length = c_void_p(), c_size_t()
        with self._open.exporting():
            c.image_pixels(self._handle, byref(data), byref(length))
            shown = memory(length.value).from_address(data.value)
            # The address alone would not keep the image. `shown` is what a view refers to.
            shown.image = self
            self._use.exported(shown)
            shape = (c.image_height(self._handle), c.image_width(self._handle), 3)
        # ctypes calls its bytes '<B', which memoryview cannot index; hence the first cast.
        return memoryview(shown).cast("B").cast("B", shape).toreadonly()
        # by hand: end

    # by hand: buffer_protocol
    def __buffer__(self, flags):
        # Python looks for it from 3.12 on. It asks the view again for what `flags` say, and the
        # view refuses to be written to.
        return self.pixels()

    # by hand: end
    # by hand: repr
    def __repr__(self):
        try:
            return f"<Image {self.title!r} {self.width}x{self.height}>"
        except ValueError:
            return "<Image closed>"
        except RuntimeError:
            return "<Image busy>"

    # by hand: end
    # by hand: pickling
    def __reduce__(self):
        with self._open.reading(), self.pixels() as view:
            return _restore, (self.width, self.height, view.tobytes(), self.title)


def _restore(width, height, pixels, title):
    image = Image.from_pixels(width, height, pixels)
    image.title = title
    return image


# by hand: end
