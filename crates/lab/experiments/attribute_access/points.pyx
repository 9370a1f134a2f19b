"""Attributes of an extension type, and the ways to reach them."""

cimport cython


# ANCHOR: the_class
cdef class Point:
    cdef int hidden
    cdef public int x

    def __init__(self, int x):
        self.x = self.hidden = x

    @property
    def y(self):
        return self.hidden
# ANCHOR_END: the_class

    # ANCHOR: three_getters
    cdef int get(self):
        return self.hidden

    cdef inline int get_inline(self):
        return self.hidden

    cdef inline int get_quietly(self) noexcept:
        return self.hidden
    # ANCHOR_END: three_getters

    cdef int refuse(self) noexcept:
        raise ValueError("nobody hears this")

    def ask(self):
        return self.refuse()

    # Each loop below does the same arithmetic with the number it reads, such that the C
    # compiler cannot do the sum without the loop.
    def loop_cdef(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.hidden
        return sum

    def loop_public(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.x
        return sum

    def loop_cached(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        cdef int x = self.x
        for i in range(n):
            sum = (sum ^ i) + x
        return sum

    def loop_property(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            # A property is a Python function: even here, where the type is known, it is
            # looked up by its name, called, and its result unboxed.
            sum = (sum ^ i) + <int>self.y
        return sum

    def loop_property_cached(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        cdef int y = self.y
        for i in range(n):
            sum = (sum ^ i) + y
        return sum

    def loop_method(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.get()
        return sum

    def loop_inline_method(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.get_inline()
        return sum

    def loop_noexcept_method(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.get_quietly()
        return sum


# Nobody can derive a class from this one, so its methods are known when it is compiled.
@cython.final
cdef class FinalPoint:
    cdef int hidden

    def __init__(self, int x):
        self.hidden = x

    cdef int get(self):
        return self.hidden

    def loop_method(self, long n):
        cdef unsigned long sum = 0
        cdef long i
        for i in range(n):
            sum = (sum ^ i) + self.get()
        return sum


# ANCHOR: a_type_for_the_object
def loop_untyped(point, long n):
    cdef unsigned long sum = 0
    cdef long i
    for i in range(n):
        sum = (sum ^ i) + <int>point.x
    return sum


def loop_typed(Point point, long n):
    cdef unsigned long sum = 0
    cdef long i
    for i in range(n):
        sum = (sum ^ i) + point.x
    return sum
# ANCHOR_END: a_type_for_the_object
