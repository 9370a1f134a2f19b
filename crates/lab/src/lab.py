"""What an experiment says to the lab.

An experiment's `measure.py` imports this module. At its top level it registers what can be
timed (`time`, `clocked`), tells what it found out (`fact`, `count`), and says what this
machine lacks (`missing`). It prints nothing: the lab asks for the times later, in an order
of its own, round after round.
"""

import gc
import importlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time as _time
from itertools import repeat

_given = json.loads(os.environ["BINDERY_LAB"])

#: The experiment's own folder, with its sources.
here = pathlib.Path(_given["here"])
#: A folder to write into, empty at first.
scratch = pathlib.Path(_given["scratch"])
#: Whether this is the first process of the run: what is slow and always comes out the
#: same needs to be done only there.
first = _given["first"]
#: Whether a quick answer is wanted.
quick = _given["quick"]
#: The name of the binding that this process is about, where the experiment is done with
#: each of them.
binding = _given.get("binding")

_artefacts = _given["artefacts"]
_lacking = _given["lacking"]
_series = {}
_facts = {}
_missing = {}


def time(name, statement, *, per=1, setup="pass", wall=False, **names):
    """Registers a statement. A loop around it is timed, with `names` as its local variables.

    `per` is how many operations the statement does. The clock counts the thread's own
    processor time, so that a busy machine disturbs little; with `wall` it is the one on
    the wall, for what waits or uses other threads.
    """
    clock = "_wall" if wall else "_cpu"
    arguments = "".join(f", {name}" for name in names)
    source = (
        f"def timed(_times{arguments}, _wall=_wall, _cpu=_cpu):\n"
        f"    {setup}\n"
        f"    _begun = {clock}()\n"
        f"    for _ in _times:\n"
        f"        {statement}\n"
        f"    return {clock}() - _begun\n"
    )
    scope = {"_wall": _time.perf_counter_ns, "_cpu": _time.thread_time_ns}
    exec(compile(source, f"<{name}>", "exec"), scope)
    timed = scope["timed"]
    _register(name, lambda loops: timed(repeat(None, loops), **names), per)


def clocked(name, function, *, per=1):
    """Registers a function that times itself: `function(loops)` returns nanoseconds."""
    _register(name, function, per)


def _register(name, function, per):
    if name in _series:
        raise ValueError(f"two series are called {name!r}")
    _series[name] = (function, per)


def fact(name, value):
    """Tells something that is so or not so: a bool, an int, a float or a str."""
    if not isinstance(value, (bool, int, float, str)):
        raise TypeError(f"the fact {name!r} is a {type(value).__name__}")
    if name in _facts:
        raise ValueError(f"two facts are called {name!r}")
    _facts[name] = value


#: Tells a number that was counted or measured otherwise than by the lab's clocks.
count = fact


def missing(name, why):
    """Says that a series, fact or count of this name cannot be had here, and why."""
    _missing[name] = str(why)


def module(name, *, for_series=()):
    """The module of this name that the lab has built, or None where it could not be."""
    if name in _artefacts:
        return importlib.import_module(name)
    _lack(name, for_series)
    return None


def library(name, *, for_series=()):
    """The path of a library or program that the lab has built, or None."""
    if name in _artefacts:
        return _artefacts[name]
    _lack(name, for_series)
    return None


def _lack(name, for_series):
    if name not in _lacking:
        raise KeyError(f"nothing called {name!r} is built for this experiment")
    for series in (name, *for_series):
        missing(series, _lacking[name])


def tool(name, *, for_facts=()):
    """The path of a program on the PATH, or None."""
    found = shutil.which(name)
    if found is None:
        for fact_name in (name, *for_facts):
            missing(fact_name, f"there is no `{name}` here")
    return found


def child(code, *arguments, python=sys.executable, timeout=120, environment=None, before=()):
    """Runs Python code in a process of its own and returns what came of it: `returncode`,
    `stdout`, `stderr`. It can import what this process can, unless it is another `python`.
    `before` is put in front of the command, such as a debugger."""
    if python != sys.executable:
        # Another Python has a standard library of its own.
        environment = {"PYTHONPATH": "", **(environment or {})}
    command = [*before, python, "-s", "-c", code, *map(str, arguments)]
    return run(command, timeout=timeout, environment=environment)


def run(command, *, timeout=120, environment=None, cwd=None):
    """Runs a program to its end, with this process's path for modules."""
    surroundings = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
    surroundings.update(environment or {})
    return subprocess.run(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        env=surroundings,
        cwd=cwd or scratch,
    )


def resident():
    """What the operating system says this process occupies, in bytes. A program that is run
    by `child` or `run` can import this module and ask it of itself."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        # Without /proc: the most that it ever occupied.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def raised(function, *arguments, **named):
    """The name of the exception that a call raises, or `"nothing"`.

    CPython does not look here whether a native function's result and exception fit together.
    For one that may break that rule, give a `lambda` that calls it.
    """
    try:
        function(*arguments, **named)
    except BaseException as error:
        return type(error).__name__
    return "nothing"


def _measure(name, loops):
    function, _ = _series[name]
    was_on = gc.isenabled()
    gc.disable()
    try:
        return function(loops)
    finally:
        if was_on:
            gc.enable()


def _calibrate(name, goal):
    """How many loops take about so many nanoseconds, and how many they took."""
    loops = 1
    while True:
        took = _measure(name, loops)
        if took >= goal / 4 or loops >= 1 << 28:
            return max(1, round(loops * goal / max(took, 1))), took
        loops *= 8 if took * 16 < goal else 2
