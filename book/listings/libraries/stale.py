from ctypes import CDLL, c_size_t, c_void_p

libc = CDLL(None)
libc.malloc.argtypes, libc.malloc.restype = [c_size_t], c_void_p
libc.free.argtypes, libc.free.restype = [c_void_p], None

place = c_void_p(libc.malloc(100))
before = place.value
libc.free(place)
print("after free the variable holds", "the same address" if place.value == before else "another one")
libc.free(None)
print("free of NULL does nothing")
