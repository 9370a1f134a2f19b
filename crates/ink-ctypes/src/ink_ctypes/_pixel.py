"""A pixel: a value, with the limits that ctypes does not keep."""

from operator import index

from . import _library

U32 = 2**32 - 1


# by hand: values
def number(value, name, largest):
    """An integer that fits. A c_uint8 would take 256 for 0 and -1 for 255, in silence."""
    value = index(value)
    if not 0 <= value <= largest:
        raise OverflowError(f"{name} must be from 0 to {largest}, not {value}")
    return value


# by hand: end


class Pixel:
    """One pixel: red, green and blue, from 0 to 255. It cannot be changed."""

    __slots__ = ("_c",)

    # by hand: values
    def __init__(self, r, g, b):
        self._c = _library.CPixel(number(r, "r", 255), number(g, "g", 255), number(b, "b", 255))

    @classmethod
    def _from_c(cls, c):
        pixel = cls.__new__(cls)
        # A copy: `c` may be memory that the library lends for a moment.
        pixel._c = _library.CPixel(c.r, c.g, c.b)
        return pixel

    @staticmethod
    def _to_c(pixel):
        if not isinstance(pixel, Pixel):
            raise TypeError(f"expected a Pixel, not {type(pixel).__name__}")
        return pixel._c

    # by hand: end
    r = property(lambda self: self._c.r, doc="Red")
    g = property(lambda self: self._c.g, doc="Green")
    b = property(lambda self: self._c.b, doc="Blue")

    def luma(self):
        """How bright it looks, 0 to 255."""
        return _library.pixel_luma(self._c)

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
        return Pixel, self._key()

    # by hand: end
