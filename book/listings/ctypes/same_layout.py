import ctypes
from ctypes import c_char, c_double, c_float, c_int32

from card_file import Card, lib


def agrees(struct):
    size, place = lib.card_size(), lib.card_copies_at()
    return ctypes.sizeof(struct) == size and struct.copies.offset == place


class Narrow(ctypes.Structure):
    _fields_ = [("letter", c_char), ("weight", c_float), ("copies", c_int32)]


class Swapped(ctypes.Structure):
    _fields_ = [("letter", c_char), ("copies", c_int32), ("weight", c_double)]


for struct in [Card, Narrow, Swapped]:
    print(struct.__name__, "agrees" if agrees(struct) else "does not agree")
