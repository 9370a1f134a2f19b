"""What ctypes makes of functions that nobody has declared. It belongs to the lesson.

The functions are the C library's own; `CDLL(None)` opens what this process has
loaded already.
"""

# ANCHOR: integers
import ctypes

libc = ctypes.CDLL(None)

print(libc.abs(-7))
print(libc.atoll(b"9783161484100"))
# ANCHOR_END: integers

# ANCHOR: pointers
text = ctypes.create_string_buffer(b"shelf")
third_letter = ctypes.addressof(text) + 2

print(libc.strchr(text, ord("e")) == third_letter)
# ANCHOR_END: pointers

# ANCHOR: strings
print(libc.strlen(b"shelf"))
print(libc.strlen("shelf"))
# ANCHOR_END: strings
