import ctypes
from ctypes import c_char_p, c_longlong

libc = ctypes.CDLL(None)
libc.atoll.argtypes = [c_char_p]
libc.atoll.restype = c_longlong

print(libc.atoll(b"9783161484100"))
try:
    libc.atoll("9783161484100")
except ctypes.ArgumentError:
    print("the text is refused")
try:
    libc.atoll()
except TypeError:
    print("so is no argument at all")
