import weakref

import classes


def told(call):
    try:
        return call()
    except (AttributeError, TypeError, ValueError) as error:
        return type(error).__name__


# ANCHOR: used_like_python
shelf = classes.Shelf(["Dune", "Emma"])
print(len(shelf), [title for title in shelf])
with shelf as same:
    print("the same shelf:", same is shelf)
print("empty:", told(lambda: classes.Shelf([])))
# ANCHOR_END: used_like_python

# ANCHOR: derived_twice
class Loud(classes.Cabinet):
    def first(self):
        return super().first().upper()


loud = Loud(["Dune", "Emma"], 7)
print(loud.first(), loud.key, len(loud), isinstance(loud, classes.Shelf))
# ANCHOR_END: derived_twice

# ANCHOR: what_you_did_not_ask_for
print("weakly referenced:", weakref.ref(shelf)() is shelf)
print("a door, weakly:", told(lambda: weakref.ref(classes.Door())))
print("an attribute:", told(lambda: setattr(shelf, "colour", "red")))
print("derived:", told(lambda: type("Ours", (classes.Door,), {})))
# ANCHOR_END: what_you_did_not_ask_for
