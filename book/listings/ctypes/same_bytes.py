from card_file import Card, lib

shelf = bytearray(2 * lib.card_size())
cards = (Card * 2).from_buffer(shelf)
cards[1].letter = b"Z"
print(shelf[lib.card_size()] == ord("Z"))

try:
    shelf.append(0)
except BufferError:
    print("it cannot grow meanwhile")

copy = Card.from_buffer_copy(shelf, lib.card_size())
copy.letter = b"A"
print(cards[1].letter, copy.letter)
