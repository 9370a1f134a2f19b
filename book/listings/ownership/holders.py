import sys
import weakref


class Thing:
    pass


thing = Thing()


def count():
    return sys.getrefcount(thing)


alone = count()


def more():
    return count() - alone


# ANCHOR: what_holds
name = thing
print("another name:", more())
pair = [thing, thing]
print("and twice in a list:", more())
owner = Thing()
owner.part = thing
print("and as an attribute:", more())
look = weakref.ref(thing)
print("and a weak reference:", more())
del name, pair, owner
print("all of them gone:", more())
# ANCHOR_END: what_holds

# ANCHOR: the_last_one
del thing
print("looked for, weakly:", look())
# ANCHOR_END: the_last_one
