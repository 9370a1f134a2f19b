"""Where the memory of a million small arrays goes."""

import json
import sys

import lab

NUMBERS = 200_000 if lab.quick else 1_000_000
PAYLOAD = 8 * NUMBERS


def hoard(kind, numbers=NUMBERS, rounds=0):
    script = lab.here / "hoard.py"
    done = lab.run([sys.executable, "-s", script, kind, numbers, rounds], timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


try:
    import numpy
except ImportError:
    for name in ["one", "small", "arrays", "views", "leaked", "header"]:
        lab.missing(name, "there is no NumPy for this Python")
else:
    for kind in [
        "one_list",
        "small_lists",
        "small_array_arrays",
        "arrays_of_10",
        "arrays_of_100",
        "arrays_of_1000",
    ]:
        lab.fact(f"{kind}_payload", hoard(kind)["once"] / PAYLOAD)

    took = hoard("one_array", rounds=1)
    lab.fact("one_array_payload", took["once"] / PAYLOAD)
    lab.fact("one_array_traced", took["traced"] / PAYLOAD)

    took = hoard("small_arrays", rounds=5)
    lab.fact("small_arrays_payload", took["once"] / PAYLOAD)
    lab.fact("small_arrays_again", took["again"] / took["once"])
    lab.fact("small_arrays_left", max(0, took["left"]) / took["once"])
    lab.fact("small_arrays_traced", took["traced"] / took["once"])

    took = hoard("leaked", NUMBERS // 4, rounds=5)
    lab.fact("leaked_again", took["again"] / took["once"])

    lab.fact("views_each", hoard("views")["once"] / NUMBERS)

    # An array that owns its numbers counts them in its size; a view does not.
    array = numpy.arange(1000.0)
    lab.fact("header", sys.getsizeof(array) - array.nbytes)
    lab.fact("views_own_no_buffer", sys.getsizeof(array[:]) < array.nbytes)
