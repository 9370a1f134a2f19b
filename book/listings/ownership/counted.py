import sys
import weakref

import by_drop
import by_hand


class Thing:
    pass


def moved_by(call):
    """How far a call moves the count of its argument."""
    thing = Thing()
    spare = [thing] * 100  # so that a release too many frees nothing yet
    before = sys.getrefcount(thing)
    call(thing)
    moved = sys.getrefcount(thing) - before
    if moved < 0:
        leak.append(spare)  # one of these is promised to nobody: leave it
    return moved


leak = []

# ANCHOR: same_books
for module in by_hand, by_drop:
    print("keep:", moved_by(module.keep))
    module.let_go()
print("look:", moved_by(by_drop.look))
# ANCHOR_END: same_books

# ANCHOR: off_by_one
print("one too many:", moved_by(by_hand.one_too_many))
print("one too few:", moved_by(by_hand.one_too_few))
# ANCHOR_END: off_by_one

# ANCHOR: too_late
thing = Thing()
look = weakref.ref(thing)
by_drop.keep(thing)
del thing
by_drop.let_go_elsewhere()
print("dropped in a thread, still here:", look() is not None)
by_drop.look(Thing())
print("after another call, still here:", look() is not None)
# ANCHOR_END: too_late
