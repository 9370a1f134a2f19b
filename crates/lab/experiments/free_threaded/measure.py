"""The same Python program on an interpreter with a GIL and on one without, if there is one."""

import os
import shutil
import sys

import lab

# What interpreters without a GIL are called; the running one may be one itself.
CANDIDATES = [sys.executable, "python3.15t", "python3.14t", "python3.13t"]

# How often a process tries, of which the best counts.
TRIES = 8

ASK = """
import sys
print(getattr(sys, "_is_gil_enabled", lambda: True)())
"""

PROGRAM = """
import os, sys, threading, time

def work():
    total = 0
    for n in range(25_000):
        total += n
    return total

def in_threads(count):
    arrived, begun, ended = [], [], []

    def run(index):
        # A core for each of two threads, where the system can give one.
        if count > 1 and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {cores[index]})
        # Without sleeping, so that all have their core when they begin.
        arrived.append(index)
        while len(arrived) < count:
            pass
        begun.append(time.perf_counter_ns())
        work()
        ended.append(time.perf_counter_ns())

    threads = [threading.Thread(target=run, args=[index]) for index in range(count)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return max(ended) - min(begun)

cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
print(min(in_threads(int(sys.argv[1])) for _ in range(int(sys.argv[2]))))
"""


def run(python, code, *arguments):
    # Without this process's path: what lies there is for its own version of Python.
    return lab.child(code, *arguments, python=python, environment={"PYTHONPATH": ""})


def interpreters():
    """The first interpreter with a GIL and the first without: `{True: …, False: …}`."""
    found = {}
    for name in CANDIDATES:
        path = shutil.which(name)
        said = run(path, ASK).stdout.strip() if path else ""
        if said in ("True", "False"):
            found.setdefault(said == "True", path)
    return found


found = interpreters()
cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

for name, gil in [("gil", True), ("free", False)]:
    if cores < 2:
        lab.missing(name, "two threads need two cores to be faster than one")
    elif gil not in found:
        kind = "with" if gil else "without"
        lab.missing(name, f"there is no Python {kind} a GIL here: {', '.join(CANDIDATES[1:])}")
    else:
        for count in [1, 2]:

            def timed(loops, python=found[gil], count=count):
                best = int(run(python, PROGRAM, count, TRIES).stdout)
                return loops * TRIES * best

            lab.clocked(f"{name}_{count}", timed, per=TRIES)
