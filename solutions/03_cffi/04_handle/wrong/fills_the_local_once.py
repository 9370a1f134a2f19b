# wrong: fills the `threading.local()` once, which is in the thread that imports
# caught-by: each_thread_has_its_own
# says: AttributeError

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


aside = threading.local()
aside.error = None


def lay_aside(kind, error, traceback):
    """Called by cffi when `heard` has raised, or has returned what is no `int32_t`."""
    aside.error = error


def connect(ffi, lib):
    """Says what the C function `heard` does."""

    # Without `error`, C would be given a zero, which to this library means "go on".
    @ffi.def_extern(error=lib.BELL_STOP, onerror=lay_aside)
    def heard(user, stroke):
        return ffi.from_handle(user)(stroke)


class Bell:
    """A bell. Its listeners are called with the number of the stroke."""

    def __init__(self, binding):
        self.ffi, self.lib = binding.ffi, binding.lib
        self.pointer = self.ffi.gc(self.lib.bell_new(), self.lib.bell_free)
        # C has the address of a handle, and that keeps nothing alive. By the listener's
        # number, since one listener may be added twice, and in this bell, since another
        # bell has the same numbers.
        self.handles = {}

    def add(self, listener):
        """Adds a listener; returns its number."""
        user = self.ffi.new_handle(listener)
        number = self.lib.bell_add(self.pointer, self.lib.heard, user)
        if number < 0:
            raise RuntimeError("there is no room for another listener")
        self.handles[number] = user
        return number

    def remove(self, number):
        """Removes the listener of that number."""
        # C first: as long as it has the address, the handle has to be there.
        self.lib.bell_remove(self.pointer, number)
        self.handles.pop(number, None)

    def ring(self, strokes):
        """Rings, and returns what C returned, or raises what a listener raised."""
        answer = self.lib.bell_ring(self.pointer, strokes)
        error, aside.error = aside.error, None
        if error is not None:
            try:
                raise error
            finally:
                # The traceback has this frame, and the frame had the error: a cycle.
                del error
        return answer
