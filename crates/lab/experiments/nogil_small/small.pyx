# cython: language_level=3
"""Small functions, each with the GIL held and with it released."""

cdef extern from "step.h":
    # `nogil` here is a promise: this C function touches no Python object.
    unsigned step(unsigned x) nogil


# ANCHOR: with_and_without_nogil
def nothing_held():
    pass


def nothing_released():
    with nogil:
        pass


def work_held(int steps):
    cdef unsigned x = 1
    cdef int i
    for i in range(steps):
        x = step(x)
    return x


def work_released(int steps):
    cdef unsigned x = 1
    cdef int i
    with nogil:
        for i in range(steps):
            x = step(x)
    return x
# ANCHOR_END: with_and_without_nogil


# ANCHOR: inside_or_outside_the_loop
def items_held(int items):
    cdef unsigned x = 1
    cdef int i
    for i in range(items):
        x = step(x)
    return x


def items_released_each(int items):
    cdef unsigned x = 1
    cdef int i
    for i in range(items):
        with nogil:
            x = step(x)
    return x


def items_released_once(int items):
    cdef unsigned x = 1
    cdef int i
    with nogil:
        for i in range(items):
            x = step(x)
    return x
# ANCHOR_END: inside_or_outside_the_loop
