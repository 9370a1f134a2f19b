"""A few calls of each kind, through one binding of ink."""

import importlib
from time import thread_time_ns

import lab

ink = importlib.import_module(lab.binding)
image = ink.Image(8, 8)
image.title = "a title"
pixel = ink.Pixel(1, 2, 3)

lab.time("empty", "pass")

# ANCHOR: calls_of_each_kind
# A module's function and nothing to convert; an attribute; two numbers in and a struct
# out; a struct in and a number out; a string out.
lab.time("live", "live()", live=ink.live_allocations)
lab.time("width", "image.width", image=image)
lab.time("get", "image.get(3, 4)", image=image)
lab.time("luma", "pixel.luma()", pixel=pixel)
lab.time("title", "image.title", image=image)
# ANCHOR_END: calls_of_each_kind


def failing(loops):
    """A pixel that is not there: the library refuses, the binding raises."""
    begun = thread_time_ns()
    for _ in range(loops):
        try:
            image.get(99, 0)
        except ink.InkError:
            pass
    return thread_time_ns() - begun


lab.clocked("fails", failing)
