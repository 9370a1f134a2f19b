"""Items through ctypes, one by one and in batches, with little work to an item and with much."""

import ctypes
import time

import lab

BATCHES = (10, 100, 1000, 10_000)
# How long an item takes, in nanoseconds: about.
WORKS = {"nano": 1, "middle": 70, "micro": 1000}

lab.time("empty", "pass")


def declared(path):
    """The functions with their types. Without these a checksum would be cut to an `int`."""
    library = ctypes.CDLL(path)
    u64 = ctypes.c_uint64
    library.checksum_add.argtypes = [u64, u64]
    library.checksum_add.restype = u64
    # An array is given by its address; see the experiment `numpy_and_ctypes` for other ways.
    library.checksum_add_many.argtypes = [u64, ctypes.c_void_p, ctypes.c_size_t]
    library.checksum_add_many.restype = u64
    library.checksum_set_rounds.argtypes = [ctypes.c_long]
    library.checksum_set_rounds.restype = None
    return library


def rounds_taking(library, nanoseconds):
    """How many rounds take about so long here."""
    rounds, least = 100_000, float("inf")
    library.checksum_set_rounds(rounds)
    for _ in range(20):
        begun = time.thread_time_ns()
        library.checksum_add(1, 2)
        least = min(least, time.thread_time_ns() - begun)
    return max(1, round(nanoseconds * rounds / least))


if path := lab.library("checksum", for_series=["call", *WORKS]):
    library = declared(path)
    # The numbers lie in C's memory already. What it costs to bring them there is another
    # question: see the experiment `zero_copy`.
    numbers = (ctypes.c_uint64 * 10_000)(*range(10_000))
    names = {
        "set_rounds": library.checksum_set_rounds,
        "add": library.checksum_add,
        "add_many": library.checksum_add_many,
        "numbers": ctypes.addressof(numbers),
    }

    # No round at all: what is left is the call.
    lab.time("call", "add(1, 2)", setup="set_rounds(0)", **names)

    for work, nanoseconds in WORKS.items():
        names["rounds"] = rounds_taking(library, nanoseconds)
        setup = "set_rounds(rounds)"
        # ANCHOR: one_by_one_and_in_batches
        lab.time(f"{work}_one", "add(1, 2)", setup=setup, **names)
        for n in BATCHES:
            batch = f"add_many(1, numbers, {n})"
            lab.time(f"{work}_{n}", batch, per=n, setup=setup, **names)
        # ANCHOR_END: one_by_one_and_in_batches
        # The work alone: so long that the call around it does not count.
        n = 300 if work == "micro" else 5000
        lab.time(f"{work}_work", f"add_many(1, numbers, {n})", per=n, setup=setup, **names)
