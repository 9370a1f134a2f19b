import ctypes
import os
from ctypes import c_int

libc = ctypes.CDLL(None)
libc.abs.argtypes = [c_int]
libc.getpid.argtypes = []
libc.getpid.argtype = [c_int]  # a slip, and nobody minds

print(libc.abs(2**32 + 7))
print(libc.abs(-7, "and more"))
print(libc.getpid("and more") == os.getpid())
