import ctypes
import errno
from ctypes import c_char_p, c_int, c_long, c_void_p

libc = ctypes.CDLL(None, use_errno=True)
libc.strtol.argtypes = [c_char_p, c_void_p, c_int]
libc.strtol.restype = c_long


def number(text):
    ctypes.set_errno(0)
    result = libc.strtol(text, None, 10)
    if ctypes.get_errno() == errno.ERANGE:
        raise OverflowError(text)
    return result


largest = str(2 ** (8 * ctypes.sizeof(c_long) - 1) - 1).encode()
too_large = largest + b"0"
print(libc.strtol(largest, None, 10) == libc.strtol(too_large, None, 10))
print(number(largest) == int(largest))
try:
    number(too_large)
except OverflowError:
    print("the other one is refused")
