"""Loops for `cython -a` to mark, and a function for cProfile to look at."""

cimport cython


def untyped(a, b):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def typed(const double[::1] a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total


@cython.boundscheck(False)
@cython.wraparound(False)
def unchecked(const double[::1] a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total


cdef long add_inside(long a, long b):
    return a + b


def add(long a, long b):
    return add_inside(a, b)
