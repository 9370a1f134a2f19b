"""Asks the kettle of `kettle.rs` for the impossible, and prints what it says.

    cargo build -p map --features lesson --example kettle
    python kettle.py PATH_OF_THE_LIBRARY
"""

import os
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import module_from_spec

path = os.path.abspath(sys.argv[1])
spec = ModuleSpec("kettle", ExtensionFileLoader("kettle", path), origin=path)
kettle = module_from_spec(spec)
spec.loader.exec_module(kettle)
# Rust prints each panic to standard error; the exception is what matters here.
os.close(2)


# ANCHOR: what_arrives
def what_arrives(function, *args):
    try:
        print(function(*args))
    except BaseException as error:
        seen = "caught" if isinstance(error, Exception) else "not caught"
        print(f"{type(error).__name__}, args {error.args}, {seen} by `except Exception`")
# ANCHOR_END: what_arrives


what_arrives(kettle.heat_and_hope, 120, 1)
what_arrives(kettle.heat_and_talk, 120, 1)
what_arrives(kettle.heat, 120, 1)
what_arrives(kettle.heat_twice, 150, 1)
what_arrives(kettle.heat, 20, 0)
what_arrives(kettle.manual, "no/manual.txt")


# ANCHOR: choose_yourself
def describe(error):
    return type(error).__name__, error.errno, error.filename


print(describe(OSError(2, "not there", "no/manual.txt")))
print(describe(OSError("not there")))
try:
    kettle.manual("no/manual.txt")
except OSError as error:
    print(describe(error))
# ANCHOR_END: choose_yourself
