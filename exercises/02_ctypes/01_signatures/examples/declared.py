"""The same functions, declared. It belongs to the lesson."""

import ctypes
from ctypes import c_char_p, c_int, c_longlong, c_size_t, c_void_p

libc = ctypes.CDLL(None)

# ANCHOR: result
libc.atoll.argtypes = [c_char_p]
libc.atoll.restype = c_longlong
print(libc.atoll(b"9783161484100"))
# ANCHOR_END: result

# ANCHOR: refusal
libc.strlen.argtypes = [c_char_p]
libc.strlen.restype = c_size_t
try:
    libc.strlen("shelf")
except ctypes.ArgumentError as error:
    print(type(error).__name__)
# ANCHOR_END: refusal

text = ctypes.create_string_buffer(b"shelf")

# ANCHOR: carried
libc.strchr.argtypes = [c_char_p, c_int]
libc.strchr.restype = c_void_p
print(libc.strchr(text, ord("e")) == ctypes.addressof(text) + 2)
# ANCHOR_END: carried

# ANCHOR: read
libc.strchr.restype = c_char_p
print(libc.strchr(text, ord("e")))
# ANCHOR_END: read

# ANCHOR: still_silent
libc.abs.argtypes = [c_int]
print(libc.abs(2**32 + 7))
# ANCHOR_END: still_silent
