"""What the listings about owners share: the library of jars."""

from pathlib import Path

from cffi import FFI

ffi = FFI()
ffi.cdef("""
    void *jar_new(void);
    void jar_free(void *jar);
    int jars_alive(void);
""")
lib = ffi.dlopen(str(Path(__file__).with_name("libjar.so")))
