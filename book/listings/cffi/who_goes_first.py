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
