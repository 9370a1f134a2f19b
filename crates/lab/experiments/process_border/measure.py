"""The same addition in this process and in another one."""

import ctypes
import signal
import time

import lab
from service import PAIR, Service

lab.time("empty", "pass", wall=True)

if tally := lab.module("tally_fastcall", for_series=["callback", "capi"]):
    lab.time("capi", "add(3, 4)", wall=True, add=tally.add)
    # C calls Python, a thousand times in one call.
    back = {"call": tally.call, "python": lambda i: i}
    lab.time("callback", "call(python, 1000)", wall=True, per=1000, **back)

IN_PROCESS = """
import ctypes, sys
ctypes.CDLL(sys.argv[1]).add(3, -3)
print("still here")
"""


def how(returncode):
    """How a process ended, in a word."""
    return signal.Signals(-returncode).name if returncode < 0 else "by itself"


def across(path):
    """What becomes of the caller when the other process dies, and what of the next call."""
    service = Service("c", path)
    try:
        service.add(3, -3)
        told = "nothing"
    except ConnectionError as error:
        told = type(error).__name__
    ended = how(service.end())
    again = Service("c", path)
    answer = again.add(3, 4)
    again.end()
    return told, ended, answer


needs_it = "ctypes pipe socket python batch for told in other answer".split()
if path := lab.library("adder", for_series=needs_it):
    add = ctypes.CDLL(path).add
    add.argtypes, add.restype = [ctypes.c_long, ctypes.c_long], ctypes.c_long
    lab.time("ctypes", "add(3, 4)", wall=True, add=add)
    for name, service in [
        ("pipe", Service("c", path)),
        ("socket", Service("c", path, sockets=True)),
        ("python", Service("python", path)),
    ]:
        lab.time(name, "add(3, 4)", wall=True, add=service.add)
    for n in (100, 1000):
        many = Service("c", path, length=n).add_many
        packed = PAIR.pack(3, 4) * n
        lab.time(f"batch_{n}", "many(packed)", wall=True, per=n, many=many, packed=packed)

    if lab.first:
        begun = time.perf_counter_ns()
        told, ended, answer = across(path)
        # Two processes were started for this, and ended again.
        lab.fact("for_two_starts", time.perf_counter_ns() - begun)
        lab.fact("other_process", ended)
        lab.fact("told_of_it", told)
        lab.fact("answer_of_the_next", answer)
        ended = lab.child(IN_PROCESS, path)
        lab.fact("in_process", how(ended.returncode))
