"""A loop of C numbers, small enough to be compiled quickly."""


def work(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        x = x * 0.5 + i
    return x
