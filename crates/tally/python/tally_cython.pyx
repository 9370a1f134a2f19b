"""Bound with Cython."""

cdef extern from "tally.h":
    long tally_add(long a, long b)
    void tally_noop()
    int tally_fail()
    int tally_call(int (*callback)(long, void *) except? -2, void *data, long times) except? -2
    double tally_total(const double *numbers, size_t length)

from libc.stdlib cimport free, malloc


def add(long a, long b):
    return tally_add(a, b)


def noop():
    tally_noop()


def fail():
    if tally_fail() < 0:
        raise ValueError("no")


cdef int call_back(long i, void *data) except? -2:
    (<object>data)(i)
    return 0


def call(callback, long times):
    tally_call(call_back, <void *>callback, times)


def total(list numbers):
    cdef Py_ssize_t length = len(numbers)
    cdef double *array = <double *>malloc(length * sizeof(double))
    if array is NULL:
        raise MemoryError()
    try:
        for i in range(length):
            array[i] = numbers[i]
        return tally_total(array, length)
    finally:
        free(array)


def total_buffer(const double[::1] numbers):
    # An empty one has no first element to point to.
    return tally_total(&numbers[0], numbers.shape[0]) if numbers.shape[0] else 0.0
