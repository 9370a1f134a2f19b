import ctypes
from ctypes import byref, c_double, c_void_p, pointer

from card_file import Card, lib

folio = Card(b"F", 2.5, 4)

kept = pointer(folio)
kept.contents.copies = 7
print("pointer:", folio.copies, kept.contents is folio)

weights = (c_double * 3)(1.0, 2.0, 3.0)
for wrong in [weights, ctypes.addressof(folio)]:
    try:
        lib.card_lend(wrong)
    except ctypes.ArgumentError:
        print("POINTER(Card) refuses", type(wrong).__name__)

lib.card_lend.argtypes = [c_void_p]
lib.card_lend(weights)
lib.card_lend(ctypes.addressof(folio))
print("c_void_p takes both:", weights[2] == 3.0, folio.copies)

address = ctypes.addressof(folio) + Card.weight.offset
print("cast:", ctypes.cast(address, ctypes.POINTER(c_double)).contents.value)
