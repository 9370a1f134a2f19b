import ctypes
from array import array

import lens

memory = memoryview(array("d", [1, 2, 3, 4, 5, 6]))

# ANCHOR: described
print(lens.describe(memory))
print(lens.describe(memory[::-2]))
print(lens.describe(memory[3:3]))
print(lens.describe(b"ink"))
# ANCHOR_END: described

# ANCHOR: apart
print(lens.from_first_to_last(memory), lens.from_first_to_last(memory[::-1]))
# ANCHOR_END: apart

# ANCHOR: three_surprises
big_endian = (ctypes.c_double.__ctype_be__ * 2)(1, 2)
little_endian = (ctypes.c_double.__ctype_le__ * 2)(1, 2)
for view in memoryview(big_endian), memoryview(little_endian), little_endian:
    print(memoryview(view).format, lens.takes_as_f64(view))
# ANCHOR_END: three_surprises
