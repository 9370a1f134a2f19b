"""Makes one kind of hoard and says what it took: `hoard.py KIND NUMBERS ROUNDS`.

A hoard holds NUMBERS floats, eight bytes each, in one object or in many. Each kind has a
process of its own, so that nobody uses what another one gave back. With ROUNDS above zero
it is dropped and made again so often, and tracemalloc is asked what it knows of the last.
"""

import array
import ctypes
import json
import sys
import tracemalloc

import numpy
from lab import resident


def give_back():
    """Asks the C library to return what is free; one that cannot is left alone."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


kind, numbers, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
kept = []
whole = numpy.arange(float(numbers)) if kind.startswith("views") else None

# ANCHOR: the_hoards
KINDS = {
    "one_array": lambda: numpy.arange(float(numbers)),
    "one_list": lambda: [float(i) for i in range(numbers)],
    "small_arrays": lambda: [numpy.array([float(i)]) for i in range(numbers)],
    "small_lists": lambda: [[float(i)] for i in range(numbers)],
    "small_array_arrays": lambda: [array.array("d", [float(i)]) for i in range(numbers)],
}
# ANCHOR_END: the_hoards

KINDS |= {
    f"arrays_of_{length}": lambda length=length: [
        numpy.arange(float(length)) for _ in range(numbers // length)
    ]
    for length in (10, 100, 1000)
}
KINDS |= {
    # Each of them is the whole array, seen once more.
    "views": lambda: [whole[:] for _ in range(numbers)],
    # What a leak looks like: nothing that was made is ever let go.
    "leaked": lambda: kept.append([numpy.array([float(i)]) for i in range(numbers)]),
}
make = KINDS[kind]

# ANCHOR: once_and_again
before = resident()
hoard = make()
once = resident() - before
del hoard
give_back()
left = resident() - before
again = once
for _ in range(rounds):
    hoard = make()
    again = max(again, resident() - before)
    del hoard
# ANCHOR_END: once_and_again

tracemalloc.start()
hoard = make() if rounds else None
traced = tracemalloc.get_traced_memory()[0]

print(json.dumps({"once": once, "left": left, "again": again, "traced": traced}))
