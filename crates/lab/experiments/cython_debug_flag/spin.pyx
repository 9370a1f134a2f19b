"""A loop of C numbers, a helper that is called from it, and a loop over Python objects."""


cdef double step(double x, long i):
    return x * 0.5 + i


def numbers(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        x = step(x, i)
    return x


def objects(items):
    total = 0
    for item in items:
        total += item * item
    return total
