"""A program that makes small native calls by the million. Prints the nanoseconds of one, of
the best of several turns of some tens of milliseconds."""

import time
from itertools import repeat

from tally_fastcall import add

CALLS = 1_000_000
best = float("inf")
for _ in range(20):
    begun = time.perf_counter_ns()
    for _ in repeat(None, CALLS):
        add(3, 4)
    best = min(best, (time.perf_counter_ns() - begun) / CALLS)
print("one call:", best)
