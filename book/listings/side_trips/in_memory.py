import sys
from array import array

# Half a million measurements as they came over the line: two bytes each, big-endian.
received = b"\x00\x07\xff\xfe" * 250_000

# ANCHOR: whole_steps
numbers = array("h", received)
if sys.byteorder == "little":
    numbers.byteswap()
print(len(numbers), "numbers, from", min(numbers), "to", max(numbers))
print("below zero:", sum(map((0).__gt__, numbers)))

# The same memory, seen as bytes and as pairs; nothing is copied.
view = memoryview(numbers)
pairs = view.cast("B").cast("i")
print(len(pairs), "pairs in the same", pairs.nbytes, "bytes")
# ANCHOR_END: whole_steps
