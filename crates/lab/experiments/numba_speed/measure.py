"""One loop: in Python, compiled by Numba, and in C."""

import time
import warnings

import lab

begun = time.perf_counter_ns()
import numba
import numpy

if lab.first:
    lab.fact("import_takes", time.perf_counter_ns() - begun)


# ANCHOR: one_decorator
def roughness(numbers):
    total = 0.0
    before = 0.0
    for number in numbers:
        step = number - before
        total += step * step
        before = number
    return total


jitted = numba.njit(roughness)
# ANCHOR_END: one_decorator


def add(a, b):
    return a + b


small = numba.njit(add)
floats = [i * 0.5 for i in range(10_000)]
array = numpy.array(floats)


def took(function, *arguments):
    begun = time.perf_counter_ns()
    function(*arguments)
    return time.perf_counter_ns() - begun


# A function is compiled when it is first called with arguments of these types.
first_call = took(jitted, array)
assert jitted(array) == roughness(floats)
assert small(3, 4) == 7

lab.time("empty", "pass")
lab.time("python", "f(n)", f=roughness, n=floats)
lab.time("jitted", "f(n)", f=jitted, n=array)
lab.time("call_python", "add(3, 4)", add=add)
lab.time("call_jitted", "add(3, 4)", add=small)
if native := lab.module("native", for_series=["c", "call_c"]):
    lab.time("c", "f(n)", f=native.roughness, n=array)
    lab.time("call_c", "add(3, 4)", add=native.add)

if lab.first:
    lab.fact("first_call", first_call)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert jitted(floats) == roughness(floats)
        lab.fact("with_a_list", min(took(jitted, floats) for _ in range(9)))
        lab.fact("without", min(took(roughness, floats) for _ in range(9)))
    names = [warning.category.__name__ for warning in warned]
    lab.fact("list_warns", names[0] if names else "nothing")

    # ANCHOR: what_numba_refuses
    class Account:
        level = 1.0

    @numba.njit
    def level_of(account):
        return account.level

    @numba.njit
    def length_of(prices):
        return len(prices)

    lab.fact("an_object", lab.raised(level_of, Account()))
    lab.fact("a_dict", lab.raised(length_of, {"tea": 2.0}))
    lab.fact("a_mixed_list", lab.raised(length_of, [1, 2.5, "three"]))
    # ANCHOR_END: what_numba_refuses
