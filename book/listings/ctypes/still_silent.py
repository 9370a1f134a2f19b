import ctypes
from ctypes import c_int

libc = ctypes.CDLL(None)
libc.abs.argtypes = [c_int]

print(libc.abs(2**32 + 7))
