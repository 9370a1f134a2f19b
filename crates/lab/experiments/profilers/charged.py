"""What cProfile does to small calls: alone, and beside long ones."""

import array
import cProfile
import pstats
import time
from itertools import repeat


def profiled(loops, add):
    """Nanoseconds of small calls with cProfile switched on."""
    profile = cProfile.Profile()
    profile.enable()
    begun = time.thread_time_ns()
    for _ in repeat(None, loops):
        add(3, 4)
    took = time.thread_time_ns() - begun
    profile.disable()
    return took


def shares_of_the_small(module):
    """Of a program that spends about half of its time in small native calls: their share by
    the clock, and in a profile of it."""
    numbers = array.array("d", bytes(8 * 400_000))

    # ANCHOR: many_small_and_one_long
    def many_small():
        for _ in repeat(None, 15_000):
            module.add(3, 4)

    def one_long():
        module.total_buffer(numbers)
    # ANCHOR_END: many_small_and_one_long

    clock = {"many_small": [], "one_long": []}
    charged = {"many_small": [], "one_long": []}
    for _ in range(40):
        for function in [many_small, one_long]:
            begun = time.perf_counter_ns()
            function()
            clock[function.__name__].append(time.perf_counter_ns() - begun)
            profile = cProfile.Profile()
            profile.runcall(function)
            for (_, _, name), line in pstats.Stats(profile).stats.items():
                if name in charged:
                    charged[name].append(line[3])  # with all that it called
    best = [{name: min(times) for name, times in turns.items()} for turns in [clock, charged]]
    return [times["many_small"] / sum(times.values()) for times in best]
