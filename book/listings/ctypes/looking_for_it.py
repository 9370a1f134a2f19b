import ctypes
from ctypes.util import find_library
from pathlib import Path

here = Path(__file__).resolve().parent
print(ctypes.CDLL(str(here / "libcards.so")).card_size() > 0)

print(find_library("m") is not None)
print(find_library("a library that nobody has"))

try:
    ctypes.CDLL(str(here / "libkards.so"))
except OSError as error:
    print(type(error).__name__, error.errno)

try:
    ctypes.CDLL(str(here / "libcards.so")).card_colour
except AttributeError:
    print("no such function")
