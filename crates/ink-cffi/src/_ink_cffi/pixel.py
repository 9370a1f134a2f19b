"""A pixel: a value. cffi keeps its limits, since it converts each number to `uint8_t`."""

from operator import index


# by hand: values
def whole(*numbers):
    """Integers. cffi does not ask for `__index__`, and takes whatever has an `__int__`."""
    return map(index, numbers)


# by hand: end


class Pixel:
    """One pixel: red, green and blue, from 0 to 255. It cannot be changed."""

    __slots__ = ("_c",)

    # The library of the mode whose class this becomes.
    _library = None

    def __init__(self, r, g, b):
        self._c = self._library.ffi.new("InkPixel *", tuple(whole(r, g, b)))

    # by hand: values
    @classmethod
    def from_c(cls, c):
        """A copy of an `InkPixel`, which may be memory that the library lends for a moment."""
        pixel = cls.__new__(cls)
        pixel._c = cls._library.ffi.new("InkPixel *", c)
        return pixel

    @classmethod
    def to_c(cls, pixel):
        """The `InkPixel` of a pixel of ours."""
        if not isinstance(pixel, cls):
            raise TypeError(f"expected a Pixel, not {type(pixel).__name__}")
        return pixel._c[0]

    # by hand: end
    r = property(lambda self: self._c.r, doc="Red")
    g = property(lambda self: self._c.g, doc="Green")
    b = property(lambda self: self._c.b, doc="Blue")

    def luma(self):
        """How bright it looks, 0 to 255."""
        return self._library.lib.ink_pixel_luma(self._c[0])

    # by hand: values
    def _key(self):
        return self._c.r, self._c.g, self._c.b

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Pixel) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    # by hand: end
    # by hand: repr
    def __repr__(self):
        return "Pixel(r={}, g={}, b={})".format(*self._key())

    # by hand: end
    # by hand: pickling
    def __reduce__(self):
        return type(self), self._key()

    # by hand: end
