"""The same two loops, from plain Python to C."""

import sys
from importlib.machinery import EXTENSION_SUFFIXES

import lab
import loops
import numpy

floats = [i * 0.5 for i in range(10_000)]
array = numpy.array(floats)
expected = loops.dot(floats, floats), loops.primes(10_000)


def dots(**functions):
    """The dot product of ten thousand numbers: in lists, or in an array."""
    for name, (function, numbers) in functions.items():
        assert function(numbers, numbers) == expected[0], name
        lab.time(f"dot_{name}", "f(n, n)", f=function, n=numbers)


def sieves(**functions):
    """The primes below ten thousand, counted."""
    for name, function in functions.items():
        assert function(10_000) == expected[1], name
        lab.time(f"sieve_{name}", "f(10_000)", f=function)


dots(
    python=(loops.dot, floats),
    python_array=(loops.dot, array),
    numpy=(numpy.dot, array),
)
sieves(python=loops.primes)

if untyped := lab.module("untyped", for_series=["dot_untyped", "sieve_untyped"]):
    dots(untyped=(untyped.dot, floats), untyped_array=(untyped.dot, array))
    sieves(untyped=untyped.primes)

TYPED = ["dot_typed", "dot_one", "dot_unchecked", "dot_nogil", "sieve_typed", "sieve_range"]
if typed := lab.module("typed", for_series=TYPED):
    dots(
        typed=(typed.dot, array),
        typed_list=(typed.dot_in_lists, floats),
        one_forgotten=(typed.dot_one_forgotten, array),
        unchecked=(typed.dot_unchecked, array),
        nogil=(typed.dot_without_gil, array),
    )
    sieves(
        typed=typed.primes,
        typed_list=typed.primes_in_a_list,
        range=typed.primes_with_range,
    )

if native := lab.module("native", for_series=["dot_c", "sieve_c"]):
    dots(c=(native.dot, array))
    sieves(c=native.primes)

lab.time("empty", "pass")
if calls := lab.module("calls", for_series=["inner", "call", "to_c", "cdef"]):
    for way in ("def", "cpdef", "cdef", "inline"):
        lab.time(f"inner_{way}", "f(1000)", per=1000, f=getattr(calls, f"from_{way}"))
    lab.time("to_c", "f(1000)", per=1000, f=calls.to_c)
    lab.time("call", "f(3, 4)", f=calls.add)
    # What Python finds in the module.
    lab.fact("cdef_is_visible", hasattr(calls, "half_cdef"))
    lab.fact("cpdef_is_visible", hasattr(calls, "half_cpdef"))

# NumPy's own compiled part is a library that this very process has loaded.
core = sys.modules["numpy._core._multiarray_umath"].__file__
lab.fact("numpy_is_a_library", core.endswith(tuple(EXTENSION_SUFFIXES)))
