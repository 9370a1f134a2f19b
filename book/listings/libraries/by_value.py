import ctypes
from sample_of_c import Sample

# ANCHOR: whole_structs_travel
of_c = ctypes.CDLL("./libsample.so").sample_scaled
of_rust = ctypes.CDLL("./libvolts.so").scaled
for scaled in [of_c, of_rust]:
    scaled.argtypes, scaled.restype = [Sample, ctypes.c_double], Sample
    result = scaled(Sample(4, 1.5, 2), 10)
    print(result.channel, result.volts, result.flags)
# ANCHOR_END: whole_structs_travel
