# cython: language_level=3
"""The same loop with Cython's `with nogil`."""

cdef extern from *:
    """
    static inline void nothing(void) { __asm__ volatile("" ::: "memory"); }
    """
    void nothing() nogil


def give_and_take(long n):
    cdef long i
    for i in range(n):
        with nogil:
            nothing()
