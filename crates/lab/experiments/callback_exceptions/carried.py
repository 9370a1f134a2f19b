"""Carries an exception around C code that cannot carry it."""

import ctypes

VISIT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
HEAR = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)


def opened(path):
    ring = ctypes.CDLL(path)
    ring.ring_walk.argtypes = [ctypes.c_int, ctypes.c_ubyte, VISIT, ctypes.c_void_p,
                               ctypes.POINTER(ctypes.c_int)]
    ring.ring_tell.argtypes = [ctypes.c_int, HEAR, ctypes.c_void_p]
    ring.ring_tell.restype = None
    return ring


# ANCHOR: keep_stop_raise
def walk(ring, steps, function):
    raised = []  # of this call: another call, on another thread, has a list of its own

    def visit(number, user):
        try:
            function(number)
            return 0
        except BaseException as error:
            raised.append(error)
            return 1  # the library's word for "stop"

    visited = ctypes.c_int()
    ring.ring_walk(steps, 0, VISIT(visit), None, ctypes.byref(visited))
    if raised:
        raise raised.pop()
    return visited.value
# ANCHOR_END: keep_stop_raise


def tell(ring, steps, function):
    raised = []

    def hear(number, user):
        if raised:
            return  # C cannot be stopped, but there is nothing to do any more
        try:
            function(number)
        except BaseException as error:
            raised.append(error)

    ring.ring_tell(steps, HEAR(hear), None)
    if raised:
        raise raised.pop()
