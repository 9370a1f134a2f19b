import ctypes
from ctypes import c_char_p, c_int

libc = ctypes.CDLL(None)
libc.chdir.argtypes = [c_char_p]
libc.chdir.restype = c_int

print(libc.chdir(b"/there is no such folder"))
print("and the program goes on, in the old one")
