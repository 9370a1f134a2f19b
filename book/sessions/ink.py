"""Five things that every binding of ink is asked: `python ink.py MODULE`."""

import gc
import importlib
import sys
import threading
import time

ink = importlib.import_module(sys.argv[1])

print("a call:    ", ink.Pixel(200, 120, 40).luma(), "is how bright that orange is")

image = ink.Image(1600, 1000)
image.title = "Über Tinte"
print("a string:  ", image.describe())

print("a struct:  ", ink.live_allocations() > 0, "that something is allocated")

try:
    image.get(1600, 0)
except ink.InkError as error:
    print("an error:  ", type(error).__name__, error.code, "-", error)

worker = threading.Thread(target=image.blur, args=[60])
worker.start()
turns = 0
while worker.is_alive():
    time.sleep(0.001)
    turns += 1
print("a long one:", "others ran" if turns > 3 else "nobody else ran")

image.close()
del image
gc.collect()
print("let go:    ", ink.live_allocations(), "allocations are left")
