"""Imports one module file twice, and uses both copies.

    cargo build -p module_rs --features lesson --example bell
    python bell.py PATH_OF_THE_LIBRARY
"""

import gc
import os
import sys
import weakref
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from importlib.util import module_from_spec


# ANCHOR: another
def another(name, path):
    loader = ExtensionFileLoader(name, path)
    module = module_from_spec(ModuleSpec(name, loader, origin=path))
    loader.exec_module(module)
    return module
# ANCHOR_END: another


path = os.path.abspath(sys.argv[1])


class Verger:
    pass


# ANCHOR: two_bells
first, second = another("bell", path), another("bell", path)
print(first is second)
print(first.ring("Anna"), first.ring("Anna"), second.ring("Bruno"))
# ANCHOR_END: two_bells

# ANCHOR: the_last_goodbye
verger = Verger()
verger.bell = second
second.ring(verger)
seen = weakref.ref(verger)
del verger, second
gc.collect()
print(seen())
# ANCHOR_END: the_last_goodbye
