"""`add(3, 4)` through every tool."""

import ctypes

import lab

lab.time("empty", "pass")


def python_add(a, b):
    return a + b


lab.time("python", "add(3, 4)", add=python_add)

if module := lab.module("tally_fastcall", for_series=["fastcall", "varargs"]):
    lab.time("fastcall", "add(3, 4)", add=module.add)
    lab.time("varargs", "add(3, 4)", add=module.add_varargs)

if module := lab.module("tally_pyo3", for_series=["pyo3"]):
    lab.time("pyo3", "add(3, 4)", add=module.add)

if module := lab.module("tally_cython", for_series=["cython"]):
    lab.time("cython", "add(3, 4)", add=module.add)

if module := lab.module("tally_cffi", for_series=["cffi", "cffi_fetched"]):
    lab.time("cffi", "add(3, 4)", add=module.lib.tally_add)
    lab.time("cffi_fetched", "lib.tally_add(3, 4)", lib=module.lib)

if path := lab.library("tally", for_series=["ctypes"]):
    typed = ctypes.CDLL(path)
    typed.tally_add.argtypes = [ctypes.c_long, ctypes.c_long]
    typed.tally_add.restype = ctypes.c_long
    untyped = ctypes.CDLL(path)
    lab.time("ctypes_typed", "add(3, 4)", add=typed.tally_add)
    lab.time("ctypes_typed_fetched", "lib.tally_add(3, 4)", lib=typed)
    lab.time("ctypes_untyped", "add(3, 4)", add=untyped.tally_add)
    lab.time("ctypes_by_item", "lib['tally_add'](3, 4)", lib=untyped)
