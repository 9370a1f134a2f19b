"""One Cython file, compiled with one more word for the compiler each time."""

import importlib.machinery
import importlib.util
import os
import sys
import sysconfig

import lab
from sections import LOADED, sections

FLAGS = ("plain", "debug", "slow", "profiled")
items = list(range(1000))
paths = {}


def load(path):
    """All builds are the same module to Cython, so that nothing differs but the flag."""
    loader = importlib.machinery.ExtensionFileLoader("spin", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("spin", loader))
    loader.exec_module(module)
    return module


for flag in FLAGS:
    if path := lab.library(f"spin_{flag}", for_series=[flag, "same", "file", "loaded"]):
        paths[flag] = path
        module = load(path)
        lab.time(f"{flag}_numbers", "f(1000)", per=1000, f=module.numbers)
        lab.time(f"{flag}_objects", "f(i)", per=1000, f=module.objects, i=items)

if "debug" in paths:
    plain, debug = (sections(paths[flag]) for flag in ("plain", "debug"))
    if plain is None:
        for fact in ("same_code", "same_loaded"):
            lab.missing(fact, "libraries are no ELF files here")
    else:
        # ANCHOR: compare_machine_code
        lab.fact("same_code", plain[".text"] == debug[".text"])
        lab.fact("same_code_at_o0", plain[".text"] == sections(paths["slow"])[".text"])
        # ANCHOR_END: compare_machine_code
        # What a process has in its memory; the rest is read by a debugger from the file.
        loaded = [
            {name: len(content) for name, (flags, content) in found.items() if flags & LOADED}
            for found in (plain, debug)
        ]
        lab.fact("same_loaded", loaded[0] == loaded[1])
    lab.fact("file_plain", os.path.getsize(paths["plain"]))
    lab.fact("file_debug", os.path.getsize(paths["debug"]))

# What setuptools would compile with.
lab.fact("python_says_g", "-g" in (sysconfig.get_config_var("CFLAGS") or "").split())

if lab.first:
    made = []
    for name, words in {"plain": [], "gdb": ["--gdb", "--gdb-outdir", lab.scratch]}.items():
        made.append(lab.scratch / f"{name}.c")
        words = ["--module-name", "spin", *words, "-o", made[-1], lab.here / "spin.pyx"]
        done = lab.run([sys.executable, "-s", "-m", "cython", "-3", *words])
        assert done.returncode == 0, done.stderr
    lab.fact("gdb_same_c", made[0].read_bytes() == made[1].read_bytes())
