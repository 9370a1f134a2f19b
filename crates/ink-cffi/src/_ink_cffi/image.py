"""The image's functions, one by one. Each asks its `Use` for the handle."""

from .owner import Owner
from .pixel import whole


class Image(Owner):
    """A picture with a title, freed when it is closed or forgotten."""

    # Any Python object that goes with the picture.
    tag = None

    def __init__(self, width, height):
        c, out = self._library, self._out()
        c.check(c.lib.ink_image_new(*whole(width, height), out))
        self._adopt(out)

    @classmethod
    def from_pixels(cls, width, height, data):
        """An image with a copy of these pixels: three bytes each, row by row."""
        c, out = cls._library, cls._out()
        size = whole(width, height)
        # The library reads Python's own memory, and lets go of it at the end of the block.
        with c.ffi.from_buffer("uint8_t[]", data) as source:
            c.check(c.lib.ink_image_from_pixels(*size, source, len(source), out))
        return cls.__new__(cls)._adopt(out)

    @classmethod
    def read(cls, path):
        """Reads a PNG file."""
        c, out = cls._library, cls._out()
        c.check(c.lib.ink_image_read(c.path(path), out))
        return cls.__new__(cls)._adopt(out)

    def write(self, path):
        """Writes a PNG file."""
        c = self._library
        path = c.path(path)
        with self._use.reading() as image:
            c.check(c.lib.ink_image_write(image, path))

    @property
    def width(self):
        """How many pixels a row has."""
        with self._use.reading() as image:
            return self._library.lib.ink_image_width(image)

    @property
    def height(self):
        """How many rows there are."""
        with self._use.reading() as image:
            return self._library.lib.ink_image_height(image)

    @property
    def title(self):
        """The title; empty if there is none."""
        with self._use.reading() as image:
            return self._library.text(self._library.lib.ink_image_title(image))

    @title.setter
    def title(self, title):
        c = self._library
        title = c.encode(title, "the title")
        with self._use.changing(pixels=False) as image:
            c.check(c.lib.ink_image_set_title(image, title))

    def describe(self):
        """The image in words."""
        c, out = self._library, self._library.ffi.new("char **")
        with self._use.reading() as image:
            c.check(c.lib.ink_image_describe(image, out))
        # by hand: ownership
        words = c.ffi.gc(out[0], c.lib.ink_string_free)
        # by hand: end
        return c.text(words)

    def get(self, x, y):
        """The pixel in column `x` of row `y`."""
        c, pixel = self._library, self._library.ffi.new("InkPixel *")
        with self._use.reading() as image:
            c.check(c.lib.ink_image_get_pixel(image, *whole(x, y), pixel))
        return self._pixel_type.from_c(pixel[0])

    def set(self, x, y, pixel):
        """Replaces the pixel in column `x` of row `y`."""
        c, pixel = self._library, self._pixel_type.to_c(pixel)
        with self._use.changing() as image:
            c.check(c.lib.ink_image_set_pixel(image, *whole(x, y), pixel))

    def map(self, callback):
        """Replaces each pixel by `callback(x, y, pixel)`, all of them or none."""
        if not callable(callback):
            raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
        with self._use.working("mapped") as image:
            self._callbacks.map(image, self._pixel_type, callback)

    def blur(self, radius):
        """Each pixel becomes the mean of the square around it. Without the GIL."""
        with self._use.working("blurred") as image:
            self._library.check(self._library.lib.ink_image_blur(image, *whole(radius)))

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
        with self._use.reading(), self.pixels() as view:
            parts = (self.width, self.height, view.tobytes(), self.title)
        return type(self)._restore, parts

    @classmethod
    def _restore(cls, width, height, pixels, title):
        image = cls.from_pixels(width, height, pixels)
        image.title = title
        return image

    # by hand: end
