import ctypes

from card_file import Card, lib

cards = (Card * 3)((b"F", 2.5, 4), (b"Q", 1.0, 9), (b"O", 0.5, 2))
print(len(cards), lib.card_total(cards, len(cards)))

try:
    cards[3]
except IndexError:
    print("an array knows its length")

middle = ctypes.pointer(cards[1])
print("a pointer does not:", middle[-1].letter, middle[1].letter)
