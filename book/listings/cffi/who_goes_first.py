import gc

from jars import ffi, lib


# ANCHOR: an_order_of_going
class Jar:
    """A jar that stands on a shelf, and must go before it."""


def says(what, keep=None):
    """A destructor that says when it was called. It may keep something alive."""
    def destructor(pointer, keep=keep):
        lib.jar_free(pointer)
        print(" ", what, "is freed")
    return ffi.gc(lib.jar_new(), destructor)


print("beside it:")
jar = Jar()
jar.shelf = says("the shelf")
jar.pointer = says("the jar")
del jar

print("in the destructor:")
jar = Jar()
jar.pointer = says("the jar", keep=says("the shelf"))
del jar
# ANCHOR_END: an_order_of_going

# ANCHOR: no_order_in_a_cycle
print("in a cycle:")
jar = Jar()
jar.pointer = says("the jar", keep=says("the shelf"))
jar.myself = jar
del jar
gc.collect()
# ANCHOR_END: no_order_in_a_cycle

# ANCHOR: no_part_of_the_cycle
leaned_on = {}  # of the module: a jar's pointer, and what has to outlive the jar


def leaning(what, shelf):
    def destructor(pointer):
        shelf = leaned_on.pop(pointer)  # is there until this function ends
        lib.jar_free(pointer)
        print(" ", what, "is freed")
    pointer = lib.jar_new()
    leaned_on[pointer] = shelf
    return ffi.gc(pointer, destructor)


print("held by the module:")
jar = Jar()
jar.shelf = says("the shelf")
jar.pointer = leaning("the jar", jar.shelf)
jar.myself = jar
del jar
gc.collect()
# ANCHOR_END: no_part_of_the_cycle
