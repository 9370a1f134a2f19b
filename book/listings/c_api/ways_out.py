"""What is left when a call fails."""

from sys import getrefcount

import cleanup

# ANCHOR: left_behind
class Page:
    def __init__(self, text): self.text = text
    def __str__(self): return self.text

good, bad = Page("folio " + str(7)), Page(None)

def left_behind(function):
    before = getrefcount(good.text)
    for _ in range(1000):
        try:
            function(good, bad)
        except TypeError:
            pass
    return getrefcount(good.text) - before

print(left_behind(cleanup.texts_early))
print(left_behind(cleanup.texts))
# ANCHOR_END: left_behind

# ANCHOR: caught_out
for call in (cleanup.silent, lambda: cleanup.both("a text")):
    try:
        call()
    except SystemError as error:
        print(error)
# ANCHOR_END: caught_out

# ANCHOR: minus_one
print(cleanup.next_number(-1))
# ANCHOR_END: minus_one
