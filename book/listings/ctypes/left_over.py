import ctypes
import errno
from ctypes import c_char_p

libc = ctypes.CDLL(None, use_errno=True)
libc.chdir.argtypes = [c_char_p]
libc.getpid.argtypes = []


def left():
    return errno.errorcode.get(ctypes.get_errno(), "nothing")


print("at first:", left())
libc.chdir(b"/there is no such folder")
print("after a call that failed:", left())
libc.getpid()
print("after one that cannot fail:", left())
