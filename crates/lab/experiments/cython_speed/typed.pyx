"""The loops of loops.py with types, one variant for each thing that can be missing."""

cimport cython
from libc.stdlib cimport calloc, free


def dot_in_lists(list a, list b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(len(a)):
        # The index and the sum are C numbers, the elements are not: a list holds pointers
        # to objects, and each product is an object that is made, read and thrown away.
        total += a[i] * b[i]
    return total


# ANCHOR: loop_with_types
def dot(const double[::1] a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total
# ANCHOR_END: loop_with_types


# ANCHOR: one_type_forgotten
def dot_one_forgotten(a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(len(a)):
        total += a[i] * b[i]
    return total
# ANCHOR_END: one_type_forgotten


@cython.boundscheck(False)
@cython.wraparound(False)
def dot_unchecked(const double[::1] a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total


@cython.boundscheck(False)
@cython.wraparound(False)
def dot_without_gil(const double[::1] a, const double[::1] b):
    cdef double total = 0.0
    cdef Py_ssize_t i
    with nogil:
        for i in range(a.shape[0]):
            total += a[i] * b[i]
    return total


def primes_in_a_list(Py_ssize_t n):
    cdef list composite = [False] * n
    cdef Py_ssize_t found = 0, i, k
    for i in range(2, n):
        if not composite[i]:
            found += 1
            k = i * i
            while k < n:
                composite[k] = True
                k += i
    return found


def primes(Py_ssize_t n):
    if n < 2:
        return 0
    cdef char *composite = <char *>calloc(<size_t>n, 1)
    if composite is NULL:
        raise MemoryError()
    cdef Py_ssize_t found = 0, i, k
    for i in range(2, n):
        if not composite[i]:
            found += 1
            k = i * i
            while k < n:
                composite[k] = 1
                k += i
    free(composite)
    return found


def primes_with_range(Py_ssize_t n):
    if n < 2:
        return 0
    cdef char *composite = <char *>calloc(<size_t>n, 1)
    if composite is NULL:
        raise MemoryError()
    cdef Py_ssize_t found = 0, i, k
    for i in range(2, n):
        if not composite[i]:
            found += 1
            # Cython makes a C loop of a `range` only where it knows the step's sign when
            # it compiles. Here it does not: Python's own range hands out Python integers.
            for k in range(i * i, n, i):
                composite[k] = 1
    free(composite)
    return found
