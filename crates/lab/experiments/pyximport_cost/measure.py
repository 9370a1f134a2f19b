"""One module: compiled by pyximport while it is imported, and compiled beforehand."""

import json
import shutil

import lab

# ANCHOR: import_and_compile
BY_PYXIMPORT = """
import sys, time
begun = time.perf_counter()
import pyximport
pyximport.install(build_dir=sys.argv[1], language_level=3)
import work
took = time.perf_counter() - begun
"""
# ANCHOR_END: import_and_compile

BEFOREHAND = """
import time
begun = time.perf_counter()
import ready
took = time.perf_counter() - begun
"""

TELL = """
import json, sys
speed = globals().get("speed")
print(json.dumps({"took": took * 1e9, "modules": len(sys.modules), "speed": speed}))
"""

# Both at once, turn and turn about, so that a busy machine is as hard on one as on the other.
COMPARE = """
import ready
least = [9e9, 9e9]
for _ in range(40):
    for i, function in enumerate((work.work, ready.work)):
        begun = time.thread_time_ns()
        function(100_000)
        least[i] = min(least[i], time.thread_time_ns() - begun)
speed = least[0] / least[1]
"""

FACTS = ("first_import", "later_import", "ready_import", "modules", "speed", "compiled")


def told(code):
    """What a process of its own prints, or None if it cannot do it."""
    done = lab.child(code, lab.scratch / "built")
    if done.returncode == 0:
        return json.loads(done.stdout.splitlines()[-1])
    why = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
    for fact in FACTS:
        lab.missing(fact, f"pyximport does not work here: {why[0]}")
    return None


def measure():
    # Beside a source of our own: pyximport looks for it on the path, like for any module.
    shutil.copy(lab.here / "work.pyx", lab.scratch)
    first = told(BY_PYXIMPORT + TELL)
    if first is None:
        return
    lab.fact("first_import", first["took"])
    lab.fact("compiled", any((lab.scratch / "built").rglob("work.*")))
    later = [told(BY_PYXIMPORT + TELL), told(BY_PYXIMPORT + COMPARE + TELL)]
    lab.fact("later_import", min(one["took"] for one in later))
    ready = [told(BEFOREHAND + TELL) for _ in range(3)]
    lab.fact("ready_import", min(one["took"] for one in ready))
    lab.fact("modules_later", later[0]["modules"])
    lab.fact("modules_ready", ready[0]["modules"])
    lab.fact("speed", later[1]["speed"])


if lab.library("ready", for_series=FACTS) and lab.first:
    measure()
