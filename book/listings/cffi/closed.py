import gc
from pathlib import Path

from cffi import FFI


# ANCHOR: a_library_is_closed
def opened():
    ffi = FFI()
    ffi.cdef("void *jar_new(void); int jars_alive(void);")
    return ffi.dlopen(str(Path(__file__).with_name("libjar.so")))


lib = opened()
lib.jar_new()
print("jars:", lib.jars_alive())
del lib
gc.collect()
print("jars:", opened().jars_alive())
# ANCHOR_END: a_library_is_closed
