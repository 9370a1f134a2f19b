import ctypes

lib = ctypes.CDLL("./libcards.so")
lib.title_case.argtypes = [ctypes.c_char_p]
lib.title_case.restype = None

buffer = ctypes.create_string_buffer(b"atlas", 8)
lib.title_case(buffer)
print(buffer.value, buffer.raw, len(buffer))

title = b" ".join([b"old", b"maps"])
lib.title_case(title)
print(title)
