import gc
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


# ANCHOR: two_bells
first, second = another("bell", "./bell.so"), another("bell", "./bell.so")
print(first is second)
print(first.ring("Anna"), first.ring("Anna"), second.ring("Bruno"))
# ANCHOR_END: two_bells


class Verger:
    pass


# ANCHOR: the_last_goodbye
verger = Verger()
verger.bell = second
second.ring(verger)
seen = weakref.ref(verger)
del verger, second
gc.collect()
print(seen())
# ANCHOR_END: the_last_goodbye
