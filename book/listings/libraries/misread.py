import ctypes
from sample_of_c import Sample

volts = ctypes.CDLL("./libvolts.so")
# ANCHOR: the_same_bytes_twice
sample = Sample(channel=4, volts=1.5, flags=2)
for name in ["volts_in_rusts_order", "volts_in_cs_order"]:
    function = getattr(volts, name)
    function.argtypes, function.restype = [ctypes.c_void_p], ctypes.c_double
    print(name, "=", function(ctypes.byref(sample)))
# ANCHOR_END: the_same_bytes_twice
