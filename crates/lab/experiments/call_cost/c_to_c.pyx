"""A loop in Cython around a C function: nothing in it is a Python object."""

cdef extern from "tally.h":
    long tally_add(long a, long b)


def call_many(long times):
    cdef long i, sum = 0
    for i in range(times):
        sum = tally_add(sum, 4)
    return sum
