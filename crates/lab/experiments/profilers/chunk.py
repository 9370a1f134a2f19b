"""A program that makes small native calls by the million. Prints the nanoseconds of one, of
the best of several turns: processor time of its own, without the moments when it is stopped."""

import time
from itertools import repeat

from tally_fastcall import add

CALLS = 800_000
best = float("inf")
for _ in range(15):
    begun = time.thread_time_ns()
    for _ in repeat(None, CALLS):
        add(3, 4)
    best = min(best, (time.thread_time_ns() - begun) / CALLS)
print("one call:", best)
