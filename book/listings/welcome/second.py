"""The call without its `restype`. What it gives is what was left in a register: here it is
only said whether it is the number that was meant."""

# ANCHOR: the_call
import ctypes

libc = ctypes.CDLL(None)
print(libc.strtod(b"2.75", None) == 2.75)
# ANCHOR_END: the_call
