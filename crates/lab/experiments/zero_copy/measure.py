"""Many numbers across the border: copied out of a list, or lent by an array."""

import ctypes
import sys
import tracemalloc
from array import array

import lab
import numpy

SIZES = (4, 100, 10_000, 1_000_000)
# All are compared at the middle size, some of them at each.
some = 10_000
AT_EACH = "cython pybind11 ctypes".split()
MODULES = "fastcall ffi pyo3 cython nanobind pybind11 swig boost".split()

lists = {n: [0.5 + i % 7 for i in range(n)] for n in SIZES}
arrays = {n: array("d", numbers) for n, numbers in lists.items()}


def both_ways(tool, total, total_buffer):
    """The same sum from a list and from an array; times are per number."""
    for n in SIZES if tool in AT_EACH else [some]:
        lab.time(f"{tool}_list_{n}", "total(numbers)", per=n, total=total, numbers=lists[n])
        lab.time(
            f"{tool}_lent_{n}", "total(numbers)", per=n, total=total_buffer, numbers=arrays[n]
        )


for tool in MODULES:
    if module := lab.module(f"tally_{tool}", for_series=[tool]):
        both_ways(tool, module.total, module.total_buffer)

if module := lab.module("tally_cffi", for_series=["cffi"]):
    ffi, tally_total = module.ffi, module.lib.tally_total
    both_ways(
        "cffi",
        lambda numbers: tally_total(ffi.new("double[]", numbers), len(numbers)),
        lambda numbers: tally_total(ffi.from_buffer("double[]", numbers), len(numbers)),
    )

if path := lab.library("tally", for_series=["ctypes"]):
    c_total = ctypes.CDLL(path).tally_total
    c_total.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    c_total.restype = ctypes.c_double
    # ANCHOR: ctypes_both_ways
    def from_list(numbers):
        """A new C array, filled one number after the other."""
        return c_total((ctypes.c_double * len(numbers))(*numbers), len(numbers))

    def from_array(numbers):
        """No new array: an object of ctypes that lies on the memory of the old one."""
        return c_total((ctypes.c_double * len(numbers)).from_buffer(numbers), len(numbers))
    # ANCHOR_END: ctypes_both_ways
    both_ways("ctypes", from_list, from_array)

# Who has a list and wants an array must make one first.
lab.time("array_made", "array('d', numbers)", per=some, array=array, numbers=lists[some])
lab.time("numpy_made", "make(numbers)", per=some, make=numpy.array, numbers=lists[some])

if border := lab.module("border", for_series=["copied", "lent", "bytes"]):
    for n in SIZES:
        lab.time(f"copied_{n}", "first(numbers)", first=border.first_copied, numbers=lists[n])
        lab.time(f"lent_{n}", "first(numbers)", first=border.first_lent, numbers=arrays[n])
    if lab.first:
        n = SIZES[-1]
        for way, first, numbers in [
            ("copied", border.first_copied, lists[n]),
            ("lent", border.first_lent, arrays[n]),
        ]:
            tracemalloc.start()
            first(numbers)
            lab.fact(f"bytes_{way}", round(tracemalloc.get_traced_memory()[1] / n))
            tracemalloc.stop()
        one_object = sys.getsizeof(0.5)
        lab.fact("bytes_in_a_list", round(sys.getsizeof(lists[n]) / n + one_object))
        lab.fact("bytes_in_an_array", round(sys.getsizeof(arrays[n]) / n))

if copies := lab.module("copies", for_series=["vector", "array_halved", "integers", "made"]):
    # ANCHOR: who_sees_the_change
    def changed_by(halve, numbers):
        """Whether the caller's own numbers are halved after the call."""
        halve(numbers)
        return float(numbers[0]) == 1

    lab.fact("vector_halved", changed_by(copies.halve_vector, [2.0, 4.0]))
    lab.fact("array_halved", changed_by(copies.halve_array, numpy.array([2.0, 4.0])))
    lab.fact("integers_halved", changed_by(copies.halve_array, numpy.array([2, 4])))
    lab.fact("integers_refused", lab.raised(copies.halve_array_only, numpy.array([2, 4])))
    # ANCHOR_END: who_sees_the_change
    lab.time("made_vector", "made(n)", per=some, made=copies.made_vector, n=some)
    lab.time("made_array", "made(n)", per=some, made=copies.made_array, n=some)
