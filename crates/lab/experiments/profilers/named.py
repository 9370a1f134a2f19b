"""Which native functions cProfile has a line for."""

import cProfile
import ctypes
import pstats
import sys

import lab


def lunch(door):
    return door(3, 4)


# ANCHOR: has_a_line
def has_a_line(door):
    """Whether a native function of some kind is named in the profile of one call."""
    profile = cProfile.Profile()
    profile.runcall(lunch, door)
    lines = pstats.Stats(profile).stats  # keys: file, line and name; C has the file "~"
    return any(file == "~" and "_lsprof" not in name for file, _, name in lines)
# ANCHOR_END: has_a_line


def doors():
    """`add`, through every tool that is there."""
    for tool in ["fastcall", "limited", "ffi", "pyo3", "pybind11", "cython", "nanobind", "boost"]:
        if module := lab.module(f"tally_{tool}", for_series=[f"sees_{tool}"]):
            yield tool, module.add
    if lab.module("tally_swig", for_series=["sees_swig"]):
        # `tally_swig.add` is a Python function around this one.
        yield "swig", sys.modules["_tally_swig"].add
    if module := lab.module("tally_cffi", for_series=["sees_cffi_api"]):
        yield "cffi_api", module.lib.tally_add
    if path := lab.library("tally", for_series=["sees_ctypes", "sees_cffi_abi"]):
        import cffi

        ffi = cffi.FFI()
        ffi.cdef("long tally_add(long a, long b);")
        yield "cffi_abi", ffi.dlopen(path).tally_add
        yield "ctypes", ctypes.CDLL(path).tally_add


def type_of(door):
    kind = type(door)
    within = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{within}{kind.__name__}"
