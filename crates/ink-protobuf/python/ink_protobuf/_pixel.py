"""Numbers of a certain size, and the value made of three of them."""

import operator
from dataclasses import dataclass

from ._connection import connect


def unsigned(number, bits):
    """An int of so many bits. protobuf would say ValueError, and not which number it means."""
    number = operator.index(number)
    if not 0 <= number < 1 << bits:
        raise OverflowError(f"{number} is no unsigned number of {bits} bits")
    return number


@dataclass(frozen=True)
class Pixel:
    """A value: three numbers from 0 to 255."""

    __slots__ = ("r", "g", "b")
    r: int
    g: int
    b: int

    def __post_init__(self):
        for name in self.__slots__:
            object.__setattr__(self, name, unsigned(getattr(self, name), 8))

    def __reduce__(self):
        return Pixel, (self.r, self.g, self.b)

    def luma(self):
        """How bright it looks: a whole journey for one number."""
        return connect().call(luma=message(self))


def message(pixel):
    """A pixel as protobuf takes it."""
    return {"r": pixel.r, "g": pixel.g, "b": pixel.b}
