"""What each forgotten line loses at each call."""

import json
import sys

import lab

SMALL = 100_000 if lab.quick else 300_000
LARGE = SMALL // 10

# In a process of its own, so that no leak grows into room that another one left.
GROWTH = """
import json, sys
import forgetful
from lab import resident

def calls(times):
    before = resident()
    for i in range(times):
        STATEMENT
    return resident() - before

item = object()
same = [item]
calls(100)
times = int(sys.argv[1])
watched = {"none": None, "item": item}
before = {name: sys.getrefcount(watched[name]) for name in watched}
grown = calls(times)
held = {name: (sys.getrefcount(watched[name]) - before[name]) / times for name in watched}
print(json.dumps({"bytes": grown / times, "more": calls(2 * times) / times, **held}))
"""

STATEMENTS = {
    "a_float": ("forgetful.a_float(i)", SMALL),
    "some_bytes": ("forgetful.some_bytes(i)", LARGE),
    "a_list": ("forgetful.a_list(i)", LARGE),
    "from_pymem": ("forgetful.from_pymem(i)", LARGE),
    "from_malloc": ("forgetful.from_malloc(i)", LARGE),
    "fresh_item": ("forgetful.first_is_none([bytes(1000)])", LARGE),
    "same_item": ("forgetful.first_is_none(same)", SMALL),
    "halves": ("forgetful.halves(10)", SMALL // 10),
    "none": ("forgetful.none(i)", SMALL),
    "tidy": ("forgetful.tidy(i)", SMALL),
}


def lost_by(statement, times):
    """Bytes a call by which the process grows, and references that are left behind."""
    done = lab.child(GROWTH.replace("STATEMENT", statement), times, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


if lab.module("forgetful", for_series=list(STATEMENTS)):
    for name, (statement, times) in STATEMENTS.items():
        lost = lost_by(statement, times)
        lab.fact(f"{name}_bytes", lost["bytes"])
        if name == "some_bytes":
            lab.fact("some_bytes_twice", lost["more"] / max(1, lost["bytes"]))
        if name == "none":
            # Since Python 3.12 None is immortal: its count does not move.
            moves = round(lost["none"])
            lab.fact("none_references", moves)
            lab.fact("none_counts_as_its_version", moves == (sys.version_info < (3, 12)))
        if name == "same_item":
            lab.fact("same_item_references", round(lost["item"]))

    source = (lab.here / "forgetful.c").read_text()
    for name in ["a_float", "halves"]:
        body = source.partition(f"\n{name}(")[2].partition("\n}")[0]
        lab.fact(f"{name}_increfs", body.count("INCREF"))
