"""What cProfile and py-spy see of native code, and what they cost."""

import ctypes
import pathlib
import sys
import types

import charged
import lab
import named
import spy

LITTLE = 300  # grains of work: some hundred nanoseconds, about what ctypes needs for a call


def files_with(words, *folders):
    files = [file for folder in folders for file in pathlib.Path(folder).rglob("*")]
    return sum(words in file.read_bytes() for file in files if file.is_file())


if lab.first:
    decides = True
    for tool, add in named.doors():
        sees = named.has_a_line(add)
        decides = decides and sees == (type(add) is types.BuiltinFunctionType)
        lab.fact(f"sees_{tool}", sees)
        lab.fact(f"type_{tool}", named.type_of(add))
    lab.fact("type_decides", decides)

# A name to look for: in Cython with all that it may copy into a module, and in the C that
# it wrote for one.
compiled = lab.library("tally_cython", for_series=["files_with"])
if lab.first and compiled:
    import Cython

    folders = pathlib.Path(Cython.__file__).parent, pathlib.Path(compiled).parent
    lab.count("files_with_create_loop", files_with(b"cython_create_loop", *folders))
    lab.count("files_with_a_real_name", files_with(b"cython_function_or_method", *folders))

# What it costs to be watched by cProfile.
module = lab.module("tally_fastcall", for_series=["small"])
if module:
    lab.time("small_usual", "add(3, 4)", add=module.add)
    lab.clocked("small_profiled", lambda loops: charged.profiled(loops, module.add))
if module and lab.first:
    by_clock, by_profile = charged.shares_of_the_small(module)
    lab.fact("small_share_by_the_clock", by_clock)
    lab.fact("small_share_by_cprofile", by_profile)

# The border and the work, by the clock.
path = lab.library("mill", for_series=["ctypes", "c", "seen", "clock"])
if path:
    mill = ctypes.CDLL(path)
    grind, grind_often = mill.mill_grind, mill.mill_grind_often
    grind.argtypes, grind.restype = [ctypes.c_long], ctypes.c_double
    grind_often.argtypes, grind_often.restype = [ctypes.c_long, ctypes.c_long], ctypes.c_double
    # ANCHOR: the_same_with_and_without_a_border
    for name, grains in {"tiny": 1, "some": 100, "much": 100_000}.items():
        lab.time(f"ctypes_{name}", "grind(grains)", grind=grind, grains=grains)
        lab.time(f"c_{name}", "often(100, grains)", per=100, often=grind_often, grains=grains)
    # ANCHOR_END: the_same_with_and_without_a_border

# The same by py-spy.
if path and lab.first:
    load = [lab.here / "load.py", path, LITTLE]
    printed, native = spy.watched(["--native"], *load, 0.45)
    _, alone = spy.watched([], *load, 0.15)
    if native and alone:
        for function in ["crossing", "computing", "between"]:
            lab.fact(f"seen_{function}", spy.share_in_c(native, function))
        lab.fact("seen_alone", spy.share_in_c(alone, "computing"))
        lab.fact("clock_between", spy.number(printed, "work:"))
    else:
        for name in ["seen", "clock"]:
            lab.missing(name, "py-spy is not allowed to look at a process here")

# What it costs to be watched by py-spy: turn and turn about, for others use the machine too.
if module and lab.first:
    usual, spied = [], []
    for _ in range(2):
        ran = lab.run([sys.executable, lab.here / "chunk.py"])
        usual.append(spy.number(ran.stdout, "call:"))
        printed, stacks = spy.watched([], lab.here / "chunk.py")
        spied += [spy.number(printed, "call:")] if stacks else []
    if spied:
        lab.fact("small_spied", min(spied) / min(usual))
    else:
        lab.missing("small_spied", "py-spy is not allowed to look at a process here")
