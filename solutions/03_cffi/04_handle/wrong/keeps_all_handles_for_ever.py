# wrong: keeps every handle in a list, and lets go of none
# caught-by: a_handle_lives_as_long_as_c_has_it
# says: after `remove`, the handles that are alive are not those that C has
# caught-by: references_are_balanced
# says: a listener that was removed from its bell is still held
# caught-by: a_listener_may_remove_itself
# says: returned the wrong value
# caught-by: a_full_bell_keeps_nothing
# says: returned the wrong value

import importlib.util
import threading
from pathlib import Path

from cffi import FFI

CDEF = """
    typedef struct bell bell;
    typedef int32_t (*bell_listener)(void *user, int32_t stroke);
    #define BELL_STOP ...

    bell *bell_new(void);
    void bell_free(bell *self);
    int32_t bell_add(bell *self, bell_listener listener, void *user);
    void bell_remove(bell *self, int32_t number);
    int64_t bell_ring(bell *self, int32_t strokes);
    void *bell_user(const bell *self, int32_t number);
    int32_t bell_answers(const bell *self);
    int32_t bell_last(const bell *self);

    extern "Python" int32_t heard(void *user, int32_t stroke);
"""


def build(native, folder):
    """Compiles a module over `native/bell.c` into `folder`; returns its path."""
    ffi = FFI()
    ffi.cdef(CDEF)
    ffi.set_source(
        "_bell",
        '#include "bell.h"',
        sources=[str(Path(native, "bell.c"))],
        include_dirs=[str(native)],
    )
    return ffi.compile(tmpdir=str(folder))


def load(path):
    """The module that `build` left at `path`; it has the attributes `ffi` and `lib`."""
    spec = importlib.util.spec_from_file_location("_bell", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    connect(module.ffi, module.lib)
    return module


class Aside(threading.local):
    error = None


aside = Aside()


def lay_aside(kind, error, traceback):
    """Called by cffi when `heard` has raised, or has returned what is no `int32_t`."""
    aside.error = error


def connect(ffi, lib):
    """Says what the C function `heard` does."""

    @ffi.def_extern(error=lib.BELL_STOP, onerror=lay_aside)
    def heard(user, stroke):
        return ffi.from_handle(user)(stroke)


handles = []


class Bell:
    """A bell. Its listeners are called with the number of the stroke."""

    def __init__(self, binding):
        self.ffi, self.lib = binding.ffi, binding.lib
        self.pointer = self.ffi.gc(self.lib.bell_new(), self.lib.bell_free)

    def add(self, listener):
        """Adds a listener; returns its number."""
        user = self.ffi.new_handle(listener)
        number = self.lib.bell_add(self.pointer, self.lib.heard, user)
        if number < 0:
            raise RuntimeError("there is no room for another listener")
        handles.append(user)
        return number

    def remove(self, number):
        """Removes the listener of that number."""
        self.lib.bell_remove(self.pointer, number)

    def ring(self, strokes):
        """Rings, and returns what C returned, or raises what a listener raised."""
        answer = self.lib.bell_ring(self.pointer, strokes)
        error, aside.error = aside.error, None
        if error is not None:
            try:
                raise error
            finally:
                del error
        return answer
