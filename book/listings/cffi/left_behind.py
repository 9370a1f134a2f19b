import gc
import os
import signal
from pathlib import Path

from cffi import FFI


def opened():
    ffi = FFI()
    ffi.cdef("void *jar_new(void); void jar_free(void *jar);")
    return ffi, ffi.dlopen(str(Path(__file__).with_name("libjar.so")))


# ANCHOR: an_owner_is_left_behind
def by_address():
    ffi, lib = opened()
    return ffi.gc(lib.jar_new(), lib.jar_free)


def by_a_function():
    ffi, lib = opened()
    return ffi.gc(lib.jar_new(), lambda jar: lib.jar_free(jar))


def the_end_of(make):
    jar = make()
    gc.collect()
    del jar
# ANCHOR_END: an_owner_is_left_behind


for make in (by_address, by_a_function):
    child = os.fork()
    if child == 0:
        the_end_of(make)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    how = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "all is well"
    print(f"{make.__name__}: {how}")
