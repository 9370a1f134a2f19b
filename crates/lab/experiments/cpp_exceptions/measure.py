"""What becomes of a C++ exception that meets Python, tool by tool."""

import signal
import sys

import lab

THROWN = {
    1: "runtime_error",
    2: "out_of_range",
    3: "invalid_argument",
    4: "bad_alloc",
    5: "overflow_error",
    6: "own",
    7: "number",
}


def run(*words):
    return lab.run([sys.executable, "-s", *words])


def ending(done):
    """How a process ended: the name of its signal, or its exit code."""
    code = done.returncode
    return signal.Signals(-code).name if code < 0 else str(code)


def uncaught(tool, function):
    """One exception, and nothing to stop it."""
    done = run(lab.here / "opening.py", function, 1)
    lab.fact(f"{tool}_ends", ending(done))
    return done


def caught(tool, function):
    """Every exception: its class in Python, or the signal that the process died of."""
    done = run(lab.here / "opening.py", function, *THROWN)
    lines = [line for line in done.stdout.splitlines() if line != "finally"]
    for key, name in THROWN.items():
        lab.fact(f"{tool}_{name}", lines[key - 1] if key <= len(lines) else ending(done))


if path := lab.library("vault_c", for_series=["ctypes", "nets"]):
    done = uncaught("ctypes", path)
    lab.fact("nets_held", "finally" in done.stdout)
    lab.fact("nets_words", "terminate called after throwing" in done.stderr)
capi = lab.module("vault_capi", for_series=["bare", "usual", "jumping", "careful", "far"])
if capi:
    uncaught("bare", "vault_capi.open_bare")
    caught("usual", "vault_capi.open_usual")
    caught("careful", "vault_capi.open_careful")
    uncaught("jumping", "vault_capi.open_jumping")
for tool, module, function in [
    ("cython_bare", "vault_cython", "open_bare"),
    ("swig_bare", "vault_swig_bare", "vault_open"),
    ("cffi", "vault_cffi", "lib.vault_open_c"),
]:
    if lab.module(module, for_series=[tool]):
        uncaught(tool, f"{module}.{function}")
for tool, module, function in [
    ("pybind11", "vault_pybind11", "open"),
    ("nanobind", "vault_nanobind", "open"),
    ("boost", "vault_boost", "open"),
    ("cython", "vault_cython", "open"),
    ("swig", "vault_swig", "vault_open"),
]:
    if lab.module(module, for_series=[tool]):
        caught(tool, f"{module}.{function}")
if capi and lab.module("vault_pybind11", for_series=["far"]):
    done = run(lab.here / "too_far_out.py")
    lab.fact("far_caught", "caught: the door is stuck" in done.stdout)
    lab.fact("far_finally", "finally" in done.stdout)
    lab.fact("far_ends", ending(done))
