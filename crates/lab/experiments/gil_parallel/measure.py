"""Two threads with the work of one each: Python's threads, and threads that C++ starts."""

import os
import threading
import time

import lab

now = time.perf_counter_ns
KINDS = ["python", "held", "released", "quiet", "calling", "rarely"]


def in_threads(count, call):
    """How long so many Python threads need for one call each."""
    begun, ended = [], []

    def run(index):
        parallel.together(index, count)
        begun.append(now())
        call()
        ended.append(now())

    threads = [threading.Thread(target=run, args=[index]) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(ended) - min(begun)


def loop(steps):
    for _ in range(steps):
        pass


def steps_of(milliseconds, work, some):
    took = []
    for _ in range(20):
        begun = time.thread_time_ns()
        work(some)
        took.append(time.thread_time_ns() - begun)
    return round(milliseconds * 1e6 * some / min(took))


def both_met(call, milliseconds):
    """Whether two Python threads have been in this function at the same time."""
    parallel.clear()
    met = []
    threads = [threading.Thread(target=lambda: met.append(call(milliseconds))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return all(met)


def cores():
    """How many there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


if parallel := lab.module("parallel", for_series=[*KINDS, "met"]):
    # Who lets the others in gets a long time for it, on a busy machine.
    lab.fact("met_held", both_met(parallel.meets_held, 50))
    lab.fact("met_released", both_met(parallel.meets_released, 20_000))
    parallel.clear()
    lab.fact("met_quietly", parallel.meet_quietly(20_000))

    python_steps = steps_of(1, loop, 20_000)
    millisecond = steps_of(1, parallel.held, 200_000)
    microsecond = millisecond // 1000

    def item():
        """What a C++ thread calls for each item: some microseconds of Python."""
        loop(100)

    # For each kind, the same for one thread and for two, which have twice as much to do.
    kinds = {
        "python": lambda count: in_threads(count, lambda: loop(python_steps)),
        "held": lambda count: in_threads(count, lambda: parallel.held(millisecond)),
        "released": lambda count: in_threads(count, lambda: parallel.released(millisecond)),
        "quiet": lambda count: parallel.quiet_threads(count, millisecond),
        "calling": lambda count: parallel.calling_threads(count, 200, microsecond // 4, item),
        "rarely": lambda count: parallel.calling_threads(count, 2, millisecond, item),
    }

    for kind, run in kinds.items():
        for count in [1, 2]:
            if cores() < 2:
                lab.missing(f"{kind}_{count}", "two threads need two cores to be faster than one")
                continue

            def timed(loops, run=run, count=count):
                return loops * min(run(count) for _ in range(3))

            lab.clocked(f"{kind}_{count}", timed)
