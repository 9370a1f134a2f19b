import ctypes

libc = ctypes.CDLL(None)

print(libc.strlen(b"shelf"))
print(libc.strlen("shelf"))
