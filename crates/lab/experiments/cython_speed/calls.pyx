"""A small function that is called from a loop in the same file, declared in each way."""

cdef extern from *:
    """
    /* The C compiler is kept from inlining this one, so that there is a call to measure. */
    static long __attribute__((noinline)) opaque_add(long a, long b) { return a + b; }
    """
    long opaque_add(long a, long b)


def add(long a, long b):
    return opaque_add(a, b)


def half_def(double x):
    return x * 0.5


cpdef double half_cpdef(double x):
    return x * 0.5


cdef double half_cdef(double x):
    return x * 0.5


cdef inline double half_inline(double x):
    return x * 0.5


def from_def(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        # A `def` function is a Python object: looked up by its name, called through the
        # interpreter's protocol, its argument and its result boxed.
        x = half_def(x) + 1.0
    return x


def from_cpdef(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        x = half_cpdef(x) + 1.0
    return x


def from_cdef(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        x = half_cdef(x) + 1.0
    return x


def from_inline(long n):
    cdef double x = 1.0
    cdef long i
    for i in range(n):
        x = half_inline(x) + 1.0
    return x


def to_c(long n):
    cdef long sum = 0, i
    for i in range(n):
        sum = opaque_add(sum, i)
    return sum
