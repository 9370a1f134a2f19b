from array import array

# ANCHOR: one_memory
memory = array("d", [1, 2, 3, 4, 5, 6])
whole = memoryview(memory)
second, backwards = whole[::2], whole[::-1]
table = whole.cast("B").cast("d", [2, 3])
for view in whole, second, backwards, table:
    print(view.format, view.shape, view.strides, view.tolist())
# ANCHOR_END: one_memory

# ANCHOR: seen_by_all
backwards[0] = 60
print(memory[-1], table[1, 2], second.tolist())
# ANCHOR_END: seen_by_all

# ANCHOR: may_not_grow
try:
    memory.append(7)
except BufferError:
    print("not while somebody looks")
for view in whole, second, backwards, table:
    view.release()
memory.append(7)
print(len(memory))
# ANCHOR_END: may_not_grow

# ANCHOR: read_only
for owner in b"plum", bytearray(b"plum"), memoryview(bytearray(b"plum")).toreadonly():
    print(type(owner).__name__, memoryview(owner).readonly)
# ANCHOR_END: read_only
