import sys

import shelf

gil = getattr(sys, "_is_gil_enabled", lambda: True)()
print("there is a GIL" if gil else "there is none")
print(shelf.first(["a book", "a vase"]))
try:
    shelf.first([])
except IndexError:
    print("IndexError")
