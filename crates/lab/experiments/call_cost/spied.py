"""Calls `work` by ctypes for a while: py-spy looks on."""

import ctypes
import sys
import time

work = ctypes.CDLL(sys.argv[1]).work
work.argtypes = [ctypes.c_long, ctypes.c_long]
work.restype = ctypes.c_long


def main(steps):
    until = time.monotonic() + 1
    while time.monotonic() < until:
        for _ in range(100):
            work(3, steps)


main(int(sys.argv[2]))
