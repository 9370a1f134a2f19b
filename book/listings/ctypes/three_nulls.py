import ctypes
from ctypes import POINTER, c_char, c_char_p, c_int, c_void_p

libc = ctypes.CDLL(None)
libc.strchr.argtypes = [c_char_p, c_int]

for restype in [c_void_p, c_char_p, POINTER(c_char)]:
    libc.strchr.restype = restype
    print(restype.__name__)
    for result in [libc.strchr(b"folio", ord("x")), libc.strchr(b"folio", 0)]:
        kind = "None," if result is None else "something,"
        print("   ", kind, bool(result), result == 0)
