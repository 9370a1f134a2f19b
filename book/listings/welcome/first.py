# ANCHOR: the_call
import ctypes

libc = ctypes.CDLL(None)
libc.strtod.restype = ctypes.c_double
print(libc.strtod(b"2.75", None))
# ANCHOR_END: the_call
