"""What Python itself can tell of a leak: `inside.py` prints, for each function, which of
these move with the calls."""

import gc
import json
import os
import resource
import sys
import tracemalloc

import forgetful
from leaks import CALLS

kept = [object()]


def process_size():
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


ASK = {
    "size": process_size,
    "blocks": sys.getallocatedblocks,
    "collector": lambda: len(gc.get_objects()),
    "refcount": lambda: sys.getrefcount(kept[0]),
    "tracemalloc": lambda: tracemalloc.get_traced_memory()[0],
}

# What one leak moves it by, at least.
LEAST = {"size": 20, "blocks": 0.9, "collector": 0.9, "refcount": 0.9, "tracemalloc": 20}

calls = {name: getattr(forgetful, name) for name in CALLS}
calls["an_item"] = lambda _: forgetful.first_is_none(kept)

gc.disable()
answers = {}
for tool, ask in ASK.items():
    if tool == "tracemalloc":
        tracemalloc.start()
    for name, call in calls.items():
        # The process grows by whole pages: that takes more calls to see.
        times = 20_000 if tool == "size" else 1_000
        call(None)
        before = ask()
        for _ in range(times):
            call(None)
        moved = (ask() - before) / times
        answers[f"{tool}_{name}"] = "yes" if moved >= LEAST[tool] else "no"
print(json.dumps(answers))
