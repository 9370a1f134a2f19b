from ctypes import byref

from card_file import Card, lib

folio = Card(b"F", 2.5, 4)
quarto = Card(b"Q", 1.0, 9)

heavier = lib.card_heavier(folio, quarto)
heavier.copies = 0
print("by value:    ", heavier.letter, "and the folio still has", folio.copies)

lib.card_lend(byref(folio))
print("by reference:", folio.copies)
lib.card_lend(folio)
print("without byref:", folio.copies)
