"""What cProfile and py-spy see of native code, and what they cost."""

import cProfile
import ctypes
import pathlib
import pstats
import sys
import time
import types
from itertools import repeat

import lab

LITTLE = 300  # grains of work: a few hundred nanoseconds, about what ctypes needs for a call


# -- which native functions cProfile has a line for --------------------------------------


def lunch(door):
    return door(3, 4)


# ANCHOR: has_a_line
def has_a_line(door):
    """Whether a native function of some kind is named in the profile of one call."""
    profile = cProfile.Profile()
    profile.runcall(lunch, door)
    lines = pstats.Stats(profile).stats  # keys: file, line and name; C has the file "~"
    return any(file == "~" and "_lsprof" not in name for file, _, name in lines)
# ANCHOR_END: has_a_line


def doors():
    """`add`, by each tool that is there."""
    for tool, name in {
        "capi": "tally_fastcall",
        "limited": "tally_limited",
        "pyo3_ffi": "tally_ffi",
        "pyo3": "tally_pyo3",
        "pybind11": "tally_pybind11",
        "swig": "tally_swig",
        "cython": "tally_cython",
        "nanobind": "tally_nanobind",
        "boost": "tally_boost",
    }.items():
        if module := lab.module(name, for_series=[f"sees_{tool}", f"type_{tool}"]):
            yield tool, module.add
    if module := lab.module("tally_cffi", for_series=["sees_cffi", "type_cffi"]):
        yield "cffi_api", module.lib.tally_add
    if path := lab.library("tally", for_series=["sees_ctypes", "sees_cffi_abi"]):
        yield "ctypes", ctypes.CDLL(path).tally_add
        import cffi

        ffi = cffi.FFI()
        ffi.cdef("long tally_add(long a, long b);")
        yield "cffi_abi", ffi.dlopen(path).tally_add


if lab.first:
    decides = True
    for tool, add in doors():
        assert add(3, 4) == 7
        sees = has_a_line(add)
        lab.fact(f"sees_{tool}", sees)
        lab.fact(f"type_{tool}", type(add).__name__)
        # SWIG's `add` is a Python function around a built-in one, which is the one that counts.
        builtin = isinstance(add, (types.BuiltinFunctionType, types.FunctionType))
        decides = decides and sees == builtin
    lab.fact("type_decides", decides)


# -- a name to look for ------------------------------------------------------------------


def mentions(folder, words):
    files = [file for file in pathlib.Path(folder).rglob("*") if file.is_file()]
    return sum(words in file.read_bytes() for file in files)


if lab.first:
    import Cython

    package = pathlib.Path(Cython.__file__).parent
    compiled = lab.library("tally_cython", for_series=["create_loop", "create_function"])
    if compiled:
        # The folder of the build holds the generated C beside the module.
        for name in ["create_loop", "create_function"]:
            words = {"create_loop": b"cython_create_loop", "create_function": b"cython_function_or_method"}[name]
            lab.count(f"{name}_files", mentions(package, words) + mentions(pathlib.Path(compiled).parent, words))


# -- what being watched costs ------------------------------------------------------------


def profiled(loops, add):
    """Small calls with cProfile switched on."""
    profile = cProfile.Profile()
    profile.enable()
    begun = time.thread_time_ns()
    for _ in repeat(None, loops):
        add(3, 4)
    took = time.thread_time_ns() - begun
    profile.disable()
    return took


if module := lab.module("tally_fastcall", for_series=["small", "py_spy_slower"]):
    lab.time("small", "add(3, 4)", add=module.add)
    lab.clocked("small_profiled", lambda loops: profiled(loops, module.add))


# -- the border and the work, measured with a clock --------------------------------------

if path := lab.library("mill", for_series=["ctypes_", "c_", "seen"]):
    mill = ctypes.CDLL(path)
    grind, often = mill.mill_grind, mill.mill_grind_often
    grind.argtypes, grind.restype = [ctypes.c_long], ctypes.c_double
    often.argtypes, often.restype = [ctypes.c_long, ctypes.c_long], ctypes.c_double
    # ANCHOR: the_same_with_and_without_a_border
    lab.time("ctypes_nothing", "grind(0)", grind=grind)
    for name, grains in {"tiny": 1, "some": 100, "little": LITTLE, "much": 100_000}.items():
        lab.time(f"ctypes_{name}", "grind(grains)", grind=grind, grains=grains)
        lab.time(f"c_{name}", "often(100, grains)", per=100, often=often, grains=grains)
    # ANCHOR_END: the_same_with_and_without_a_border


# -- py-spy ------------------------------------------------------------------------------


def shares(*options):
    """For each function of `load.py`, the share of its samples with C's name in it, and how
    many kinds of stack it had."""
    seen = lab.scratch / "seen.txt"
    record = [py_spy, "record", *options, "--nolineno", "--format", "raw", "--output", seen]
    program = [sys.executable, lab.here / "load.py", path, LITTLE, 0.7]
    ran = lab.run([*record, "--", *program])
    if ran.returncode != 0 or not seen.exists():
        return None
    samples = {name: [0, 0] for name in ["crossing", "between", "computing"]}
    for line in seen.read_text().splitlines():
        stack, _, times = line.rpartition(" ")
        for name, (inside, all_) in samples.items():
            if f"{name} (load.py)" in stack:
                inside += int(times) * ("(mill.c)" in stack)
                samples[name] = [inside, all_ + int(times)]
    return {name: inside / max(all_, 1) for name, (inside, all_) in samples.items()}


def nanoseconds(run):
    """What `chunk.py` printed; py-spy prints a few words of its own around it."""
    return float(run.stdout.partition("one call: ")[2].split()[0])


py_spy = pathlib.Path(sys.executable).with_name("py-spy")
if lab.first and path:
    native, alone = shares("--native"), shares()
    if native and alone:
        for name, share in native.items():
            lab.fact(f"seen_{name}", share)
        lab.fact("seen_alone", max(alone.values()))
    else:
        lab.missing("seen", "py-spy is not allowed to look at a process here")
if lab.first and module:
    usual = lab.run([sys.executable, lab.here / "chunk.py"])
    record = [py_spy, "record", "--format", "raw", "--output", "ignored.txt", "--"]
    watched = lab.run([*record, sys.executable, lab.here / "chunk.py"])
    if watched.returncode == 0:
        lab.fact("py_spy_slower", nanoseconds(watched) / nanoseconds(usual))
    else:
        lab.missing("py_spy_slower", "py-spy is not allowed to look at a process here")
