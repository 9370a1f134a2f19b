"""The rules of the GIL, each broken once and each kept once, in processes of their own."""

import os
import signal
import sys
import sysconfig

import lab


def end_of(code, *flags):
    """How such a program ends: `0` or the name of the signal that killed it; what it said."""
    command = [sys.executable, "-s", *flags, "-c", "import rules, signal\n" + code]
    done = lab.run(command)
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name, done.stdout, done.stderr
    return str(done.returncode), done.stdout, done.stderr


APPEND = "seen = []\nfor _ in range(100): rules.{}_append(seen)\nprint(len(seen))"
ERROR = "rules.wrong_error()"
RETURN = "rules.wrong_return()\nprint([str(n) for n in range(1000)])"
THROW = "try: rules.{}_throw()\nexcept RuntimeError as error: print(error)"
# The alarm ends the process if it has not ended by then.
WAIT = "seen = []\nsignal.alarm({})\nrules.{}_wait(seen)\nprint(len(seen))"

# On a busy machine the two threads may never run at the same time: a few more tries then.
COUNT = """
import time
seen, lost, until = [], [], time.monotonic() + 20
while len(lost) < 5 or (not {0} and max(lost) == 0 and time.monotonic() < until):
    lost.append(rules.lost_references(seen, 3_000_000, {0}))
print(max(lost))
"""

FACTS = ["append", "error", "return", "throw", "wait", "lost"]

if sysconfig.get_config_var("Py_GIL_DISABLED"):
    for name in FACTS:
        lab.missing(name, "this Python was built to do without a GIL")
elif lab.module("rules", for_series=FACTS):
    ends, _, said = end_of(APPEND.format("wrong"))
    lab.fact("append_ends", "quietly" if ends == "0" else ends)
    lab.fact("append_names_the_lock", "GIL" in said)
    ends, _, said = end_of(APPEND.format("wrong"), "-X", "dev")
    lab.fact("append_dev_ends", ends)
    lab.fact("append_dev_names_it", "allocator called without" in said)
    ends, told, _ = end_of(APPEND.format("right"), "-X", "dev")
    lab.fact("append_right", ends == "0" and told.strip() == "100")

    ends, _, said = end_of(ERROR)
    lab.fact("error_ends", ends)
    lab.fact("error_says", said)
    ends, _, said = end_of(ERROR, "-X", "dev")
    lab.fact("error_dev_names_it", "allocator called without" in said)

    lab.fact("return_ends", end_of(RETURN)[0])

    lab.fact("throw_ends", end_of(THROW.format("wrong"))[0])
    ends, told, _ = end_of(THROW.format("right"))
    lab.fact("throw_right", ends == "0" and told.strip() == "the work failed")

    lab.fact("wait_ends", end_of(WAIT.format(1, "wrong"))[0])
    ends, told, _ = end_of(WAIT.format(100, "right"))
    lab.fact("wait_right", ends == "0" and told.strip() == "1")

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if cores > 1:
        lab.fact("lost_without", int(end_of(COUNT.format(False))[1]))
        lab.fact("lost_with", int(end_of(COUNT.format(True))[1]))
        lab.fact("lost_dev_ends", end_of(COUNT.format(False), "-X", "dev")[0])
    else:
        lab.missing("lost", "two threads are at one object at once only on two cores")
