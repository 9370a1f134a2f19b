import importlib.util
import tempfile

from cffi import FFI, VerificationError


def compiled(name, cdef):
    ffi = FFI()
    ffi.cdef(cdef + "void measure(reading *out);")
    # ANCHOR: a_reading_in_c
    ffi.set_source(name, """
        #include <stdint.h>
        typedef struct { uint8_t depth; float level; } reading;
        static void measure(reading *out) { out->depth = 200; out->level = 2.5f; }
    """)
    # ANCHOR_END: a_reading_in_c
    with tempfile.TemporaryDirectory() as folder:
        spec = importlib.util.spec_from_file_location(name, ffi.compile(tmpdir=folder))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


# ANCHOR: the_same_place_and_size
for name, cdef in {
    "_a_number": "typedef struct { uint8_t depth; int32_t level; } reading;",
    "_a_sign": "typedef struct { int8_t depth; float level; } reading;",
}.items():
    try:
        module = compiled(name, cdef)
    except VerificationError:
        print("it is not compiled")
        continue
    reading = module.ffi.new("reading *")
    module.lib.measure(reading)
    print(reading.depth, reading.level)
# ANCHOR_END: the_same_place_and_size
