"""Divides by zero through PyO3.

$ cargo build -p panic --example division
$ python3 exercises/07_errors/03_panic/examples/division.py target/debug/examples/libdivision.so
"""

import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader

loader = ExtensionFileLoader("division", sys.argv[1])
division = module_from_spec(spec_from_loader("division", loader))
loader.exec_module(division)

# ANCHOR: who_catches_it
try:
    division.divide(1, 0)
except Exception:
    print("it is an Exception")
except BaseException as error:
    print("it is no Exception; it is", *type(error).__mro__[:2])
    print("it says:", error)
# ANCHOR_END: who_catches_it
