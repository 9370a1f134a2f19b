import ctypes
import os

cellar = ctypes.CDLL("./libcellar.so", use_errno=True)


def bottles(shelf):
    count = cellar.bottles(shelf)
    if count == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return count


print("unlooked at:", cellar.bottles(12))
try:
    bottles(12)
except FileNotFoundError as error:
    print("looked at:", repr(error))
