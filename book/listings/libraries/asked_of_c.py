import ctypes
from sample_of_c import Sample

lib = ctypes.CDLL("./libsample.so")

# ANCHOR: held_against_the_compiler
of_c = list((ctypes.c_size_t * 4).in_dll(lib, "sample_layout"))
of_ctypes = [ctypes.sizeof(Sample)]
of_ctypes += [getattr(Sample, name).offset for name, kind in Sample._fields_]
print("C:     ", of_c)
print("ctypes:", of_ctypes)
# ANCHOR_END: held_against_the_compiler
