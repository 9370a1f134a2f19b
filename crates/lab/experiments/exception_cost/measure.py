"""A function that fails, through every tool: raised there, caught here."""

import ctypes
from time import thread_time_ns

import lab


def raising(fail):
    """A clock for `fail`, whose exception is caught at once."""

    def clocked(loops):
        begun = thread_time_ns()
        for _ in range(loops):
            try:
                fail()
            except ValueError:
                pass
        return thread_time_ns() - begun

    return clocked


def empty(loops):
    begun = thread_time_ns()
    for _ in range(loops):
        try:
            pass
        except ValueError:
            pass
    return thread_time_ns() - begun


def python_fail():
    raise ValueError("no")


lab.clocked("empty", empty)
lab.clocked("python", raising(python_fail))

# The C API sets an exception and returns NULL. PyO3 does so with an `Err`, Cython with a
# `raise`. The other four translate a C++ exception that flies out of the function.
for tool in ["fastcall", "limited", "ffi", "pyo3", "cython", "nanobind", "pybind11", "boost", "swig"]:
    if module := lab.module(f"tally_{tool}", for_series=[tool]):
        lab.clocked(tool, raising(module.fail))

# CFFI and ctypes know nothing of errors: the function returns -1, and Python has to look.
if module := lab.module("tally_cffi", for_series=["cffi"]):
    status = module.lib.tally_fail

    def cffi_fail():
        if status() < 0:
            raise ValueError("no")

    lab.clocked("cffi", raising(cffi_fail))

if path := lab.library("tally", for_series=["ctypes"]):

    def checked(result, function, arguments):
        if result < 0:
            raise ValueError("no")
        return result

    fail = ctypes.CDLL(path).tally_fail
    fail.argtypes = []
    fail.errcheck = checked
    lab.clocked("ctypes", raising(fail))

# C++ alone: nobody but C++ sees this exception. ctypes only starts the loop.
if path := lab.library("throws", for_series=["cpp"]):
    lab.time("cpp", "loop(1000)", per=1000, loop=ctypes.CDLL(path).throw_and_catch)
