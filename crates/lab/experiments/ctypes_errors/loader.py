"""A loader for a C library whose functions report errors: one table, every call checked."""

import ctypes
import os

# ANCHOR: a_class_for_a_code
class CellarError(Exception):
    """Anything that the library refuses. `code` is its number."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Empty(CellarError, ValueError):
    """More bottles than there are."""


class NoShelf(CellarError, IndexError):
    """A shelf that is not there."""


CLASSES = {-1: Empty, -2: NoShelf}
# ANCHOR_END: a_class_for_a_code


# ANCHOR: one_convention_each
def no_errors(library, result):
    """For functions that cannot fail: a negative result is a result."""


def code(library, result):
    """A negative result is one of the library's own codes."""
    if result < 0:
        raise CLASSES.get(result, CellarError)(result, library.meaning(result).decode())


def last_error(library, result):
    """The library keeps the words, for each thread its own."""
    if result < 0:
        raise CLASSES.get(result, CellarError)(result, library.last_error().decode())


def errno(library, result):
    """Minus one means: look at errno, of which ctypes has kept a copy for this thread."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
# ANCHOR_END: one_convention_each


# ANCHOR: the_table
class Out:
    """A parameter through which the function returns something: `count(1)`, not `count(1, &n)`."""

    def __init__(self, kind):
        self.kind = kind


TABLE = {
    # name: (restype, parameters, how it reports errors)
    "meaning": (ctypes.c_char_p, [ctypes.c_int], no_errors),
    "last_error": (ctypes.c_char_p, [], no_errors),
    "temperature": (ctypes.c_int, [ctypes.c_int], no_errors),
    "take": (ctypes.c_int, [ctypes.c_int], code),
    "count": (ctypes.c_int, [ctypes.c_int, Out(ctypes.c_int)], code),
    "order": (ctypes.c_int, [ctypes.c_int], last_error),
    "lock": (ctypes.c_int, [ctypes.c_int], errno),
}
# ANCHOR_END: the_table


# ANCHOR: check_them_all
class Library:
    """The functions of a table, each checked, and no others."""

    def __init__(self, path, prefix, table):
        shared = ctypes.CDLL(path)
        for name, (restype, parameters, convention) in table.items():
            outs = [isinstance(p, Out) for p in parameters]
            argtypes = [ctypes.POINTER(p.kind) if o else p for p, o in zip(parameters, outs)]
            prototype = ctypes.CFUNCTYPE(restype, *argtypes, use_errno=True)
            # For ctypes 1 is a parameter that goes in, 2 one that comes out.
            function = prototype((prefix + name, shared), tuple((2 if o else 1,) for o in outs))
            if convention is not no_errors:
                function.errcheck = self._checking(convention, any(outs))
            setattr(self, name, function)

    def _checking(self, convention, outs):
        def checked(result, function, arguments):
            convention(self, result)
            # Given its own arguments back, ctypes goes on and returns what came out.
            return arguments if outs else result

        return checked
# ANCHOR_END: check_them_all
