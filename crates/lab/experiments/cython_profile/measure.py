"""Which native functions cProfile sees, and what `cython -a` marks."""

import cProfile
import ctypes
import importlib.util
import pathlib
import pstats
import sys

import annotated
import lab

CALLS = 100


# ANCHOR: look_for_the_function
def caller(add):
    for _ in range(CALLS):
        add(3, 4)


def seen(add):
    """Whether the profile has an entry, beside our own function's, that was called so often."""
    profile = cProfile.Profile()
    profile.runcall(caller, add)
    entries = pstats.Stats(profile).stats
    return any(
        calls == CALLS and name != "caller"
        for (_, _, name), (_, calls, *_) in entries.items()
    )
# ANCHOR_END: look_for_the_function


def look(name, add):
    assert add(3, 4) == 7, name
    lab.fact(f"sees_{name}", seen(add))


def python_add(a, b):
    return a + b


def measure():
    look("python", python_add)
    for tool in ("fastcall", "pyo3", "ffi", "pybind11", "nanobind", "boost", "cython"):
        if module := lab.module(f"tally_{tool}", for_series=[f"sees_{tool}"]):
            look(tool, module.add)
    if module := lab.module("tally_swig", for_series=["sees_swig"]):
        look("swig", module.add)
    if module := lab.module("tally_cffi", for_series=["sees_cffi"]):
        look("cffi", module.lib.tally_add)
    if path := lab.library("tally", for_series=["sees_ctypes"]):
        function = ctypes.CDLL(path).tally_add
        function.argtypes = [ctypes.c_long, ctypes.c_long]
        function.restype = ctypes.c_long
        look("ctypes", function)
    # The same Cython source with one directive each.
    if module := lab.module("hot_unbound", for_series=["sees_cython_unbound"]):
        look("cython_unbound", module.add)
    if module := lab.module("hot_profiled", for_series=["sees_cython_profiled", "profiled_as"]):
        look("cython_profiled", module.add)
        # Of the Pythons since 3.10, Cython can have itself profiled on all but one.
        expected = sys.version_info[:2] != (3, 12)
        lab.fact("profiled_as_expected", seen(module.add) == expected)
    annotate()
    search_cython()


def annotate():
    source = (lab.here / "hot.pyx").read_text()
    words = ["-3", "-a", "-o", lab.scratch / "hot.c", lab.here / "hot.pyx"]
    done = lab.run([sys.executable, "-s", "-m", "cython", *words])
    assert done.returncode == 0, done.stderr
    marked = annotated.lines((lab.scratch / "hot.html").read_text())
    for function in ("untyped", "typed", "unchecked"):
        loop = [marked[number] for number in annotated.loop_of(function, source)]
        lab.fact(f"{function}_yellow", sum(score > 0 for score, _ in loop))
        lab.fact(f"{function}_score", sum(score for score, _ in loop))
        lab.fact(f"{function}_calls", sum(calls for _, calls in loop))


def search_cython():
    """A name that is said to stand in profiles: does it occur anywhere in Cython?"""
    home = pathlib.Path(importlib.util.find_spec("Cython").origin).parent
    files = [path for end in ("py", "pyx", "pxd", "c", "h") for path in home.rglob(f"*.{end}")]
    name = b"cython_create_loop"
    lab.fact("cython_create_loop_exists", any(name in path.read_bytes() for path in files))


if lab.first:
    measure()
