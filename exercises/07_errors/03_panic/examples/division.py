"""Divides by zero through PyO3, and then through the C ABI.

$ cargo build -p panic --example division
$ python3 exercises/07_errors/03_panic/examples/division.py target/debug/examples/libdivision.so
"""

import ctypes
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader

path = sys.argv[1]
loader = ExtensionFileLoader("division", path)
division = module_from_spec(spec_from_loader("division", loader))
loader.exec_module(division)


# ANCHOR: through_pyo3
def through_pyo3():
    try:
        division.divide(1, 0)
    except Exception:
        print("an Exception")
    except BaseException as error:
        print("no Exception:", *type(error).__mro__)
        print("it says:", error)


# ANCHOR_END: through_pyo3


# ANCHOR: through_c
def through_c():
    lib = ctypes.CDLL(path)
    try:
        lib.divide(1, 0)
    except BaseException:
        print("never printed")


# ANCHOR_END: through_c

through_pyo3()
sys.stdout.flush()
through_c()
