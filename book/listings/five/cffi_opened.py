from pathlib import Path

from cffi import FFI

from by_cffi import DECLARATIONS

# ANCHOR: cffi_without_a_compiler
ffi = FFI()
ffi.cdef(DECLARATIONS)
lib = ffi.dlopen(str(Path(__file__).with_name("libquire.so")))
# ANCHOR_END: cffi_without_a_compiler

print(lib.quire_sheets(98), ffi.string(lib.quire_error(-2)).decode())
