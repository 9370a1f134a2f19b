import os
import tracemalloc

import drip

CALLS = 100_000
BYTES = 100


def resident():
    """What the operating system says this process occupies, in bytes."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def traced():
    """What tracemalloc knows of, in bytes."""
    return tracemalloc.get_traced_memory()[0]


def verdict(measure, call):
    before = measure()
    for _ in range(CALLS):
        call(None)
    return "grows" if measure() - before > CALLS * BYTES // 2 else "does not move"


calls = [drip.from_malloc, drip.from_pymem, drip.an_object, drip.dry]
for call in calls:
    # Not traced yet: to remember each block takes memory too.
    process = verdict(resident, call)
    tracemalloc.start()
    seen = verdict(traced, call)
    tracemalloc.stop()
    print(f"{call.__name__:12} the process {process:14} tracemalloc {seen}")
