"""One loop: in Python, compiled by Numba, and in C."""

import importlib
import time
import warnings

import lab

try:
    numba = importlib.import_module("numba")
    import numpy
except ImportError as error:
    raise SystemExit(f"no numba: {error}")


# ANCHOR: one_decorator
def smooth(numbers):
    level = 0.0
    for number in numbers:
        level = 0.5 * level + number
    return level


jitted = numba.njit(smooth)
# ANCHOR_END: one_decorator


def add(a, b):
    return a + b


small = numba.njit(add)
floats = [i * 0.5 for i in range(10_000)]
array = numpy.array(floats)

begun = time.perf_counter_ns()
assert jitted(array) == smooth(floats)
first = time.perf_counter_ns() - begun
if lab.first:
    lab.fact("first_call", first)
small(3, 4)
with warnings.catch_warnings():
    # Numba says itself that lists are slow and will be refused one day.
    warnings.simplefilter("ignore")
    assert jitted(floats) == smooth(floats)

lab.time("empty", "pass")
lab.time("python", "f(n)", f=smooth, n=floats)
lab.time("python_array", "f(n)", f=smooth, n=array)
lab.time("jitted", "f(n)", f=jitted, n=array)
lab.time("jitted_list", "f(n)", f=jitted, n=floats)
lab.time("call_python", "add(3, 4)", add=add)
lab.time("call_jitted", "add(3, 4)", add=small)
if native := lab.module("native", for_series=["c", "call_c"]):
    lab.time("c", "f(n)", f=native.smooth, n=array)
    lab.time("call_c", "add(3, 4)", add=native.add)

# ANCHOR: what_numba_refuses
if lab.first:

    class Account:
        def __init__(self):
            self.level = 1.0

    @numba.njit
    def level_of(account):
        return account.level

    @numba.njit
    def sum_of(prices):
        total = 0.0
        for price in prices.values():
            total += price
        return total

    lab.fact("an_object", lab.raised(level_of, Account()))
    lab.fact("a_dict", lab.raised(sum_of, {"tea": 2.0}))
    lab.fact("mixed_list", lab.raised(jitted, [1, 2.5, "three"]))
# ANCHOR_END: what_numba_refuses
