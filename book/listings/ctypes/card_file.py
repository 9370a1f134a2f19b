import ctypes
from ctypes import POINTER, c_char, c_double, c_int32, c_size_t


# ANCHOR: a_struct_in_python
class Card(ctypes.Structure):
    _fields_ = [("letter", c_char), ("weight", c_double), ("copies", c_int32)]


lib = ctypes.CDLL("./libcards.so")
lib.card_heavier.argtypes = [Card, Card]
lib.card_heavier.restype = Card
lib.card_lend.argtypes = [POINTER(Card)]
lib.card_lend.restype = c_int32
lib.card_total.argtypes = [POINTER(Card), c_size_t]
lib.card_total.restype = c_double
# ANCHOR_END: a_struct_in_python

lib.card_size.restype = c_size_t
lib.card_copies_at.restype = c_size_t
