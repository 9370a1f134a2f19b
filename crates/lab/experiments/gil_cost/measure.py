"""Giving the GIL back and taking it again: alone, beside a native thread, beside Python."""

import os
import sys
import threading

import lab

MANY = 1000

ways = {
    "c": lab.module("handover", for_series=["c", "keep", "visited", "busy"]),
    "cython": lab.module("handover_cython", for_series=["cython"]),
    "pybind11": lab.module("handover_pybind11", for_series=["pybind11"]),
}
for way, module in ways.items():
    if module:
        lab.time(way, "f(n)", per=MANY, f=module.give_and_take, n=MANY)


def cores():
    """The ones for this process; `None` where the system does not let one choose."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else None


def visited(loops):
    """Beside a native thread that wants the GIL for a moment, two thousand times a second."""
    here = cores()
    if here:
        # A thread begins with the cores of the one that starts it. Each gets one of its own:
        # on a busy machine they would often share one, and wait for that.
        os.sched_setaffinity(0, here[-1:])
    handover.begin_visits()
    try:
        if here:
            os.sched_setaffinity(0, here[:1])
        return loops * handover.waited_for(5)
    finally:
        handover.end_visits()
        if here:
            os.sched_setaffinity(0, here)


# ANCHOR: a_thread_that_never_pauses
def beside_python(interval):
    """Beside a thread that runs Python code and nothing else."""

    def taken_back(loops):
        sign, over = bytearray(1), threading.Event()

        def busy():
            while not over.is_set():
                sign[0] = 1

        before = sys.getswitchinterval()
        sys.setswitchinterval(interval)
        other = threading.Thread(target=busy)
        other.start()
        try:
            return handover.taken_back(loops, sign)
        finally:
            over.set()
            other.join()
            sys.setswitchinterval(before)

    return taken_back
# ANCHOR_END: a_thread_that_never_pauses


if handover := ways["c"]:
    lab.time("keep", "f(n)", per=MANY, f=handover.keep, n=MANY)
    if len(cores() or range(os.cpu_count())) > 1:
        lab.clocked("visited", visited)
    else:
        lab.missing("visited", "the two threads would wait for the only core, not for the GIL")
    lab.clocked("busy_5ms", beside_python(0.005))
    lab.clocked("busy_1ms", beside_python(0.001))
