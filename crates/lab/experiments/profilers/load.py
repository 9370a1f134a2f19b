"""A program for py-spy. For a while each, it crosses the border for next to nothing, for a
little work, and for much."""

import ctypes
import sys
import time

library, little, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
grind = ctypes.CDLL(library).mill_grind
grind.argtypes, grind.restype = [ctypes.c_long], ctypes.c_double


# ANCHOR: three_ways_to_be_busy
def crossing():
    for _ in range(1000):
        grind(0)


def between():
    for _ in range(1000):
        grind(little)


def computing():
    grind(1_000_000)
# ANCHOR_END: three_ways_to_be_busy


for function in [crossing, between, computing]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        function()
