"""A plain C library through ctypes and CFFI, and the C API by hand."""

import ctypes
import datetime
import sys
import weakref

import lab

def by_hand(hand):
    before = hand.alive()
    capsule = hand.wrapped()
    again = capsule
    del capsule
    lab.fact("capsule_reads", hand.content(again))
    del again
    lab.fact("capsule_left", hand.alive() - before)
    hand.bare()
    lab.fact("bare_left", hand.alive() - before)
    lab.fact("other_capsule", lab.raised(hand.content, datetime.datetime_CAPI))

    def left_behind(function):
        item = object()  # no number: the call fails
        before = sys.getrefcount(item)
        for _ in range(100):
            lab.raised(function, [item])
        return sys.getrefcount(item) - before

    lab.fact("forgotten_on_error", left_behind(hand.first_as_number_leaking))
    lab.fact("owned_on_error", left_behind(hand.first_as_number))


def with_ctypes(path):
    c = ctypes.CDLL(path)
    c.handle_make.restype = ctypes.c_void_p
    c.handle_end.argtypes = [ctypes.c_void_p]
    c.handles_alive.restype = ctypes.c_long

    handle = c.handle_make(7)
    del handle
    lab.fact("ctypes_left", c.handles_alive())

    # ANCHOR: an_owner_for_a_pointer
    class Handle:
        """Owns a pointer: whoever holds this object holds that."""

        def __init__(self, content):
            self.pointer = c.handle_make(content)
            weakref.finalize(self, c.handle_end, self.pointer)

    # ANCHOR_END: an_owner_for_a_pointer
    before = c.handles_alive()
    handle = Handle(7)
    during = c.handles_alive() - before
    del handle
    lab.fact("finalized", during == 1 and c.handles_alive() == before)


def with_cffi(path):
    """Whether there is one."""
    try:
        from cffi import FFI
    except ImportError:
        lab.missing("cffi", "there is no CFFI for this Python")
        return False
    ffi = FFI()
    ffi.cdef("void *handle_make(int); void handle_end(void *); long handles_alive(void);")
    library = ffi.dlopen(path)
    before = library.handles_alive()
    handle = ffi.gc(library.handle_make(7), library.handle_end)
    during = library.handles_alive() - before
    del handle
    lab.fact("cffi_gc", during == 1 and library.handles_alive() == before)
    return True
