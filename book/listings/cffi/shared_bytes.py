from cffi import FFI

ffi = FFI()
point = ffi.new("struct { unsigned char x, y; } *")
shared = ffi.buffer(point)
copied = bytes(shared)

point.x = 65
print(shared[:], copied)

shared[1] = b"\x07"
print(point.y)
