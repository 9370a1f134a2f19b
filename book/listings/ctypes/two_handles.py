import ctypes
from ctypes import POINTER


class Shelf(ctypes.Structure):
    """A struct whose fields are the library's business."""


class Reader(ctypes.Structure):
    """Another one."""


# Stands for a function of the library.
take = ctypes.CFUNCTYPE(None, POINTER(Shelf))(lambda shelf: print("a shelf"))
take(POINTER(Shelf)())
try:
    take(POINTER(Reader)())
except ctypes.ArgumentError:
    print("a reader is no shelf")
