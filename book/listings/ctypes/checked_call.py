import ctypes
import errno
import os
from ctypes import c_char_p, c_int


def check(result, function, arguments):
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


libc = ctypes.CDLL(None, use_errno=True)
libc.chdir.argtypes = [c_char_p]
libc.chdir.restype = c_int
libc.chdir.errcheck = check

for folder in [b"/", b"/there is no such folder", b"/dev/null"]:
    try:
        print(folder, "->", libc.chdir(folder))
    except OSError as error:
        print(folder, "->", type(error).__name__, errno.errorcode[error.errno])
