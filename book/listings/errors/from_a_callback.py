import ctypes
import sys

cellar = ctypes.CDLL("./libcellar.so")
LOOK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
kept = []


@LOOK
def careless(shelf):
    raise LookupError(f"no light at shelf {shelf}")


@LOOK
def careful(shelf):
    try:
        raise LookupError(f"no light at shelf {shelf}")
    except BaseException as error:
        kept.append(error)
        return -1  # the word for "stop" that C knows


sys.unraisablehook = lambda told: print("only the hook hears:", repr(told.exc_value))
cellar.inspect(1, careless)
print("and inspect() returned, as if nothing had been")

print("asked:", cellar.inspect(5, careful))
try:
    raise kept.pop()
except LookupError as error:
    print("raised by the caller:", repr(error))
