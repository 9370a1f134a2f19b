"""Which tool sees which leak."""

import json
import pathlib
import resource
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import lab
from leaks import CALLS

PROGRAM = [sys.executable, "-S", lab.here / "leaks.py"]
ONE_BY_ONE = {"PYTHONMALLOC": "malloc"}

# From the worst on: what valgrind says of a block that was not freed.
KINDS = {
    "Leak_DefinitelyLost": "definitely lost",
    "Leak_IndirectlyLost": "indirectly lost",
    "Leak_PossiblyLost": "possibly lost",
    "Leak_StillReachable": "still reachable",
}


def valgrind(tool, name, environment):
    """Runs the program under valgrind: for each function, the worst that is said of what
    it asked for."""
    report = lab.scratch / f"{name}.xml"
    # ANCHOR: valgrind_command
    command = [
        tool,
        "--leak-check=full",
        "--show-leak-kinds=all",
        "--undef-value-errors=no",  # leaks only, which is faster
        "--xml=yes",
        f"--xml-file={report}",
        *PROGRAM,
    ]
    # ANCHOR_END: valgrind_command
    done = lab.run(command, environment=environment, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    said = dict.fromkeys(CALLS, "nothing")
    ranks = list(KINDS.values())
    for error in ElementTree.parse(report).iter("error"):
        kind = KINDS.get(error.findtext("kind"))
        functions = {frame.findtext("fn") for frame in error.iter("frame")}
        for function in functions & CALLS.keys() if kind else ():
            known = said[function]
            if known == "nothing" or ranks.index(kind) < ranks.index(known):
                said[function] = kind
    return said


def leak_sanitizer(compiler):
    """The same with LeakSanitizer, a library that is put in front of the C library's
    `malloc`; None where that does not work."""
    asked = lab.run([compiler, "-print-file-name=liblsan.so"]).stdout.strip()
    if not pathlib.Path(asked).is_absolute():
        return None
    # ANCHOR: sanitizer_command
    environment = {
        "LD_PRELOAD": asked,
        "PYTHONMALLOC": "malloc",
        "LSAN_OPTIONS": "fast_unwind_on_malloc=0",
    }
    # ANCHOR_END: sanitizer_command
    done = lab.run(PROGRAM, environment=environment, timeout=120)
    if "SUMMARY: LeakSanitizer" not in done.stderr:
        return None
    lines = {line for line in done.stderr.splitlines() if "forgetful.c:" in line}
    return {
        name: "yes" if any(f" in {name} " in line for line in lines) else "no" for name in CALLS
    }


def spent():
    """The processor time of all children that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


TOOLS = ["size", "blocks", "collector", "refcount", "tracemalloc", "valgrind", "plain", "sanitizer"]
if lab.module("forgetful", for_series=TOOLS) and lab.first:
    told = lab.run([sys.executable, "-s", lab.here / "inside.py"])
    if told.returncode:
        raise RuntimeError(told.stderr)
    for name, sees in json.loads(told.stdout).items():
        lab.fact(name, sees)

    before = spent()
    lab.run(PROGRAM)
    alone = spent() - before
    if tool := lab.tool("valgrind", for_facts=["plain"]):
        before = spent()
        with ThreadPoolExecutor() as both:
            plain = both.submit(valgrind, tool, "plain", None)
            each = both.submit(valgrind, tool, "each", ONE_BY_ONE)
        for name, kind in plain.result().items():
            lab.fact(f"plain_{name}", kind)
        for name, kind in each.result().items():
            lab.fact(f"valgrind_{name}", kind)
        lab.fact("valgrind_time", (spent() - before) / 2 / alone)

    if compiler := lab.tool("cc", for_facts=["sanitizer"]):
        before = spent()
        seen = leak_sanitizer(compiler)
        if seen is None:
            lab.missing("sanitizer", "LeakSanitizer does not run here")
        else:
            for name, sees in seen.items():
                lab.fact(f"sanitizer_{name}", sees)
            lab.fact("sanitizer_time", (spent() - before) / alone)

# Python counts all references only where it was built to.
debug = bool(sysconfig.get_config_var("Py_DEBUG") or sysconfig.get_config_var("Py_REF_DEBUG"))
lab.fact("total_where_debug", hasattr(sys, "gettotalrefcount") == debug)
