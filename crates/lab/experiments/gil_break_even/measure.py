"""When giving the GIL back pays: for two threads together, and for the one that does it."""

import os
import threading
import time
from itertools import repeat

import lab

now = time.perf_counter_ns


def steps_of(microseconds):
    """How many steps take so long on this machine, now."""
    took = []
    for _ in range(20):
        begun = time.thread_time_ns()
        work.held(100_000)
        took.append(time.thread_time_ns() - begun)
    return max(1, round(microseconds * 1000 * 100_000 / min(took)))


def cores():
    """The ones for this process, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count()))


def take_core(index):
    """Gives this thread a core of its own, where the system can: on a busy machine two
    threads are else often put on the same one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CORES[index]})


CORES = cores()


# ANCHOR: two_threads_at_work
def both(call, steps, calls, windows=3):
    """How long two threads need that make so many calls each: the best of some trials."""
    marks = []

    def run(index):
        take_core(index)
        for _ in range(windows):
            work.meet()
            begun = now()
            for _ in repeat(None, calls):
                call(steps)
            marks.append((begun, now()))

    threads = [threading.Thread(target=run, args=[index]) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The n-th trial of one thread and the n-th of the other belong together.
    marks.sort()
    pairs = zip(marks[::2], marks[1::2])
    return min(max(a[1], b[1]) - min(a[0], b[0]) for a, b in pairs)
# ANCHOR_END: two_threads_at_work


def beside_python(wait):
    """What `wait(sign)` says while another thread runs Python code."""
    sign, over = bytearray(1), threading.Event()

    def busy():
        while not over.is_set():
            sign[0] = 1

    other = threading.Thread(target=busy)
    other.start()
    try:
        while not sign[0]:
            time.sleep(0)
        return wait(sign)
    finally:
        over.set()
        other.join()


def waits_held(steps, calls):
    """What the caller waits for its turn when it keeps the GIL in so many calls."""
    begun = now()
    computing = sum(work.held_for(steps) for _ in repeat(None, calls))
    return now() - begun - computing


def waits_released(steps, calls, sign):
    """The same, when it gives the GIL back in each."""
    return sum(work.waited_after(steps, sign) for _ in repeat(None, calls))


# Lengths of the work in nanoseconds.
TOGETHER = [50, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000]
ALONE = [100_000, 1_000_000, 2_500_000, 5_000_000, 20_000_000]

if work := lab.module("work", for_series=["held", "released", "caller"]):
    per_microsecond = steps_of(1)

    if len(CORES) > 1:
        for length in TOGETHER:
            steps = max(1, per_microsecond * length // 1000)
            calls = max(1, 400_000 // length)
            for name, call in [("held", work.held), ("released", work.released)]:

                def pair(loops, call=call, steps=steps, calls=calls):
                    return loops * both(call, steps, calls)

                lab.clocked(f"{name}_{length}", pair, per=calls)
    else:
        for name in ["held", "released"]:
            lab.missing(name, "two threads need two cores to be faster than one")

    for length in ALONE:
        steps = per_microsecond * length // 1000
        calls = max(2, 20_000_000 // length)

        # What a call takes is its work and the wait for a turn. Only the wait is measured:
        # whatever else this machine has to do would make the work longer, too.
        def held(loops, steps=steps, length=length, calls=calls):
            waited = beside_python(lambda sign: waits_held(steps, loops * calls))
            return loops * calls * length + waited

        def released(loops, steps=steps, length=length):
            waited = beside_python(lambda sign: waits_released(steps, loops * 2, sign))
            return loops * 2 * length + waited

        lab.clocked(f"caller_held_{length}", held, per=calls)
        lab.clocked(f"caller_released_{length}", released, per=2)
