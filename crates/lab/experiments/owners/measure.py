"""Who destroys what two languages share: mistakes, and what mends them."""

import signal
import sys

import binders
import by_c
import lab

# Makes forty objects with a text of two million letters each and drops them: how much of
# each text the process has grown by. In a process of its own, which starts out small.
KEPT = """
from lab import resident

text = "x" * 2_000_000
PREPARE
made = None
before = resident()
for _ in range(40):
    made = MAKE
    AFTER
    del made
print((resident() - before) / 40 / len(text))
"""


def kept(prepare, make, after="pass"):
    words = {"PREPARE": prepare, "MAKE": make, "AFTER": after}
    program = KEPT
    for word, text in words.items():
        program = program.replace(word, text)
    done = lab.child(program)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)


def with_the_example(example):
    lab.fact("example_reads", example.MyClass("seven").getData())
    make = ("import swig_example", "swig_example.MyClass(text)")
    lab.fact("example_owned_keeps", kept(*make))
    lab.fact("example_disowned_keeps", kept(*make, "made.thisown = False"))


def ends(mistake, allocator="default"):
    """What a process prints that makes the mistake, or which signal ends it."""
    script = lab.here / "deaths.py"
    environment = {"PYTHONMALLOC": allocator}
    done = lab.run([sys.executable, "-s", script, mistake], environment=environment)
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    return done.stdout.strip() or "nothing happens"


if module := lab.module("parcel_pybind11", for_series=["pybind", "shared", "destroyed"]):
    binders.with_pybind11(module)
if module := lab.module("parcel_swig", for_series=["swig"]):
    binders.with_swig(module)
if module := lab.module("swig_example", for_series=["example"]):
    with_the_example(module)
if module := lab.module("by_hand", for_series=["capsule", "bare", "other", "forgotten", "owned"]):
    by_c.by_hand(module)
    lab.fact("borrowed_as_new", ends("borrowed_as_new", "debug"))
if path := lab.library("handles", for_series=["ctypes", "finalized", "cffi"]):
    by_c.with_ctypes(path)
    if by_c.with_cffi(path):
        make = "from cffi import FFI; ffi, held = FFI(), []", "ffi.new('char[]', text.encode())"
        lab.fact("cffi_new_keeps", kept(*make))
        lab.fact("cffi_held_keeps", kept(*make, "held.append(made)"))

lab.fact("freed_twice", ends("freed_twice"))
lab.fact("read_after_free", ends("read_after_free"))
lab.fact("read_after_free_debug", ends("read_after_free", "debug"))
lab.fact("python_block_to_free", ends("python_block_to_free"))
lab.fact("c_block_to_python", ends("c_block_to_python"))
lab.fact("c_block_to_python_debug", ends("c_block_to_python", "debug"))
