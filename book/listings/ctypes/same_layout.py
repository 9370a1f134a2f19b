import ctypes
from ctypes import POINTER, c_char, c_double, c_float, c_int32, c_size_t

from card_file import Card, lib


class Narrow(ctypes.Structure):
    _fields_ = [("letter", c_char), ("weight", c_float), ("copies", c_int32)]


class Swapped(ctypes.Structure):
    _fields_ = [("letter", c_char), ("copies", c_int32), ("weight", c_double)]


for struct in [Card, Narrow, Swapped]:
    size = ctypes.sizeof(struct) == lib.card_size()
    place = struct.copies.offset == lib.card_copies_at()

    cards = (struct * 2)()
    cards[0].weight, cards[0].copies = 2.5, 4
    lib.card_total.argtypes = [POINTER(struct), c_size_t]
    total = lib.card_total(cards, 1)
    print(struct.__name__, "agrees:", size and place, "and adds up:", total == 10.0)
