import ctypes
from ctypes import c_char_p, c_int, c_void_p

libc = ctypes.CDLL(None)
text = ctypes.create_string_buffer(b"shelf")
third_letter = ctypes.addressof(text) + 2

libc.strchr.argtypes = [c_char_p, c_int]
libc.strchr.restype = c_void_p
print(libc.strchr(text, ord("e")) == third_letter)

libc.strchr.restype = c_char_p
print(libc.strchr(text, ord("e")))
