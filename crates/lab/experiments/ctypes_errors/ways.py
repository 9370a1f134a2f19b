"""Four ways to make an exception of an error code."""

import ctypes
import os

import loader


def declared(path, **flags):
    """A fresh CDLL: what is set on one's functions is not set on another's."""
    opened = ctypes.CDLL(path, **flags)
    for name, (restype, parameters, _) in loader.TABLE.items():
        function = getattr(opened, "cellar_" + name)
        function.restype = restype
        kinds = [ctypes.POINTER(p.kind) if isinstance(p, loader.Out) else p for p in parameters]
        function.argtypes = kinds
    return opened


# ANCHOR: one_handler
def error_handler(result, func, args):
    if result < 0:
        raise OSError(f"Error code {result}")
    return result
# ANCHOR_END: one_handler


# ANCHOR: four_ways
def with_errcheck(path):
    take = declared(path).cellar_take
    take.errcheck = error_handler
    return take


def with_a_wrapper(path):
    take = declared(path).cellar_take

    def checked(bottles):
        result = take(bottles)
        if result < 0:
            raise RuntimeError(f"Error code {result}")
        return result

    return checked


def with_restype(path):
    def check(result):
        if result < 0:
            raise RuntimeError(f"Error code {result}")
        return result

    take = declared(path).cellar_take
    take.restype = check
    return take


def with_errno(path):
    lock = declared(path, use_errno=True).cellar_lock

    def checked(key):
        if lock(key) < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return 0

    return checked
# ANCHOR_END: four_ways
