"""Cython functions that C calls, each with another word about exceptions."""

# ANCHOR: three_specs
# `public`: C may call it by its name. What follows the colon's line is Python.
cdef public long price_minus_one(object f) except -1:
    return f()

cdef public long price_maybe(object f) except? -1:
    return f()

cdef public long price_noexcept(object f) noexcept:
    return f()

cdef public long price_default(object f):
    return f()
# ANCHOR_END: three_specs

cdef public void order_default(object f):
    f()


cdef extern from "caller.h":
    int c_calls(int which, object f, long *value) noexcept


def seen_by_c(int which, f):
    """What C got from the function, and whether an exception was pending."""
    cdef long value = 77
    pending = c_calls(which, f, &value)
    return value, bool(pending)


def called_from_cython(f):
    return price_minus_one(f)
