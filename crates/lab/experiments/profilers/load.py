"""A program for py-spy. For a while each, it crosses the border for next to nothing, lets C
compute at length, and calls for a little work. Prints what share of that last part was work,
by the clock: the same work is done once more without a border, turn and turn about."""

import ctypes
import sys
import time

library, little, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
mill = ctypes.CDLL(library)
grind, grind_often = mill.mill_grind, mill.mill_grind_often
grind.argtypes, grind.restype = [ctypes.c_long], ctypes.c_double
grind_often.argtypes, grind_often.restype = [ctypes.c_long, ctypes.c_long], ctypes.c_double


# ANCHOR: three_ways_to_be_busy
def crossing():
    for _ in range(1000):
        grind(0)


def computing():
    grind(1_000_000)


def between():
    for _ in range(1000):
        grind(little)
# ANCHOR_END: three_ways_to_be_busy


def without_a_border():
    grind_often(1000, little)


def busy(seconds, *functions):
    took = [0] * len(functions)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for which, function in enumerate(functions):
            begun = time.thread_time_ns()
            function()
            took[which] += time.thread_time_ns() - begun
    return took


busy(seconds, crossing)
busy(seconds, computing)
both, work = busy(5 * seconds, between, without_a_border)
print("share of the work:", work / both)
