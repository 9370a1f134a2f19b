"""Reference counts before and after."""

from sys import getrefcount

import ledger

# ANCHOR: kept
class Thing:
    pass

thing = Thing()
before = getrefcount(thing)
for _ in range(1000):
    ledger.keeps(thing)
print(getrefcount(thing) - before)
# ANCHOR_END: kept

# ANCHOR: balanced
thing.name = "quill and ink"[2:]
things = (Thing(), thing, Thing())
before = getrefcount(thing), getrefcount(thing.name)
for _ in range(1000):
    ledger.first_letter(thing)
    ledger.middle(things)
print(getrefcount(thing) - before[0], getrefcount(thing.name) - before[1])
# ANCHOR_END: balanced

# ANCHOR: sums
print(ledger.sum_list([1, 2, "three", 4.0]))
print(ledger.sum_list([-1]))
print(ledger.sum_list([2**62] * 4))
# ANCHOR_END: sums
