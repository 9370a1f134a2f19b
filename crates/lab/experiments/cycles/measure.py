"""When a cycle is collected, and which ones never are."""

import gc
import weakref
from collections import deque

import lab

PAIRS = 100_000
HELD = 20_000
KNOTS = 1_000


class Node:
    __slots__ = ("other",)


def pair(kind=Node):
    one, two = kind(), kind()
    one.other, two.other = two, one
    return one


def collect_while_making(held):
    """Makes pairs and drops each one after so many others: what each generation of the
    collector took, as shares of what was dropped, and the most that lay about."""
    taken = {}
    most = made = 0
    window = deque(maxlen=held)

    def listen(phase, information):
        nonlocal most
        if phase == "start":
            most = max(most, made - len(window) - sum(taken.values()) // 2)
        else:
            generation = information["generation"]
            taken[generation] = taken.get(generation, 0) + information["collected"]

    gc.collect()
    gc.callbacks.append(listen)
    for made in range(PAIRS):
        window.append(pair())
    gc.callbacks.remove(listen)
    dropped = 2 * (PAIRS - len(window))
    window.clear()
    gc.collect()
    shares = {generation: count / dropped for generation, count in taken.items()}
    return shares, most


shares, most = collect_while_making(held=0)
lab.fact("fresh_first", shares.get(0, 0.0))
lab.fact("fresh_young", sum(share for age, share in shares.items() if age < 2))
lab.fact("fresh_most", most)
shares, most = collect_while_making(held=HELD)
lab.fact("held_young", sum((share for age, share in shares.items() if age < 2), 0.0))
lab.fact("held_most", most)
lab.fact("pairs", PAIRS)
lab.fact("held", HELD)


def left_over(kind):
    """How many of many knots are there after they were dropped and collected, and what the
    collector says it has found."""
    before = knots.alive()
    for _ in range(KNOTS):
        pair(kind)
    found = gc.collect()
    return knots.alive() - before, found


if knots := lab.module("knots", for_series=["traversed", "unclearing", "untraversed", "alone"]):
    lab.fact("knots", 2 * KNOTS)
    gc.disable()  # so that all are there when the collector is asked
    # Those without `tp_clear` come last: they are found again by each later collection.
    for kind in [knots.Traversed, knots.Untraversed, knots.Unclearing]:
        left, found = left_over(kind)
        name = kind.__name__.lower()
        lab.fact(f"{name}_left", left / (2 * KNOTS))
        lab.fact(f"{name}_found", found / (2 * KNOTS))
    # Without a cycle nobody needs the collector: the last reference frees.
    before = knots.alive()
    alone = knots.Untraversed()
    alone.other = knots.Untraversed()
    del alone
    lab.fact("alone_left", knots.alive() - before)
    gc.enable()


try:
    import numpy
except ImportError:
    lab.missing("array", "there is no NumPy for this Python")
else:
    # ANCHOR: an_array_in_itself
    array = numpy.empty(1, dtype=object)
    array[0] = array
    still_there = weakref.ref(array)
    del array
    gc.collect()
    lab.fact("array_is_left", still_there() is not None)
    # ANCHOR_END: an_array_in_itself
