"""Programs under py-spy."""

import pathlib
import sys

import lab

PY_SPY = pathlib.Path(sys.executable).with_name("py-spy")


def watched(options, *program):
    """What a program printed, and its stacks with how often each was seen; nothing where
    py-spy may not look at a process."""
    record = [PY_SPY, "record", *options, "--rate", 200, "--format", "raw", "--output", "seen.txt"]
    ran = PY_SPY.exists() and lab.run([*record, "--", sys.executable, *program])
    if not ran or ran.returncode != 0:
        return None, {}
    lines = (lab.scratch / "seen.txt").read_text().splitlines()
    stacks = {stack: int(times) for stack, _, times in (line.rpartition(" ") for line in lines)}
    return ran.stdout, stacks


def number(text, words):
    """The number after some words; py-spy says a few of its own around them."""
    return float(text.partition(words)[2].split()[0])


def share_in_c(stacks, function):
    """Of the times that a Python function was seen, how often it was in C of our own."""
    of_it = {stack: n for stack, n in stacks.items() if f"{function} (load.py" in stack}
    return sum(n for stack, n in of_it.items() if "(mill.c" in stack) / max(sum(of_it.values()), 1)
