"""Small functions in Python and in Cython, with and without `with nogil`."""

import time

import lab

ITEMS = 1000


def nothing():
    pass


def work(steps):
    x = 1
    for _ in range(steps):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    return x


NAMES = ["nothing_held", "nothing_released", "work_held", "work_released", "items", "profile"]

if small := lab.module("small", for_series=NAMES):
    if work(100) != small.work_held(100) or work(100) != small.work_released(100):
        raise AssertionError("they do not compute the same")

    # How many steps are a microsecond of work here; it has to be right only roughly.
    took = []
    for _ in range(20):
        begun = time.thread_time_ns()
        small.work_held(100_000)
        took.append(time.thread_time_ns() - begun)
    steps = round(100_000 * 1000 / min(took))

    lab.time("nothing_held", "f()", f=small.nothing_held)
    lab.time("nothing_released", "f()", f=small.nothing_released)
    lab.time("work_python", "f(n)", f=work, n=steps)
    lab.time("work_held", "f(n)", f=small.work_held, n=steps)
    lab.time("work_released", "f(n)", f=small.work_released, n=steps)
    lab.time("items_held", "f(n)", per=ITEMS, f=small.items_held, n=ITEMS)
    lab.time("items_released_each", "f(n)", per=ITEMS, f=small.items_released_each, n=ITEMS)
    lab.time("items_released_once", "f(n)", per=ITEMS, f=small.items_released_once, n=ITEMS)

    if lab.first:
        # What cProfile writes about such calls.
        report = lab.child("""
import cProfile, pstats, small
profile = cProfile.Profile()
profile.enable()
for _ in range(1000):
    small.work_released(1000)
profile.disable()
pstats.Stats(profile).print_stats()
""").stdout
        lab.fact("profile_has_times", "cumtime" in report)
        lab.fact("profile_names_create_loop", "create_loop" in report)
        lab.fact("profile_names_the_function", "work_released" in report)

lab.time("empty", "pass")
lab.time("nothing_python", "f()", f=nothing)
