import ctypes

libc = ctypes.CDLL(None)

print(libc.abs(-7))
print(libc.atoll(b"9783161484100"))
