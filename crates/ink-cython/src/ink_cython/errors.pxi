# What C++ throws becomes what Python raises.

from libcpp.exception cimport delegate_to_exception_handlers


# by hand: errors
class InkError(Exception):
    """A call that the library refused. `code` is its status."""

    __module__ = "ink_cython"
    code = 0


class InkIOError(InkError, OSError):
    """A file that could not be read or written."""

    __module__ = "ink_cython"


cdef error(kind, int code, message):
    """The exception for a status, not yet raised."""
    made = kind(message)
    made.code = code
    return made


# ANCHOR: an_exception_for_each_type
cdef void raise_io(const IoError &thrown) except *:
    raise error(InkIOError, thrown.code(), thrown.what())


cdef void raise_other(const Error &thrown) except *:
    raise error(InkError, thrown.code(), thrown.what())


cdef void raise_ink() except *:
    # With the GIL, inside the `catch`. The first whose parameter fits is called.
    delegate_to_exception_handlers(raise_io, raise_other)
# ANCHOR_END: an_exception_for_each_type
# by hand: end
