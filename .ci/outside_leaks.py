"""An outside leak detector over every function of one binding: `outside_leaks.py MODULE`.

The conformance suite counts with ink's own counter and with Python's reference counts. psleak
knows neither: it calls a function many times and watches the process's heap, its mappings, its
descriptors and its threads.
"""

import gc
import importlib
import os
import pickle
import sys
import tempfile
import unittest

from psleak import Checkers, MemoryLeakTestCase

ink = importlib.import_module(sys.argv.pop(1))
folder = tempfile.mkdtemp()
path = os.path.join(folder, "picture.png")
image = ink.Image.from_pixels(2, 2, bytes(range(12)))
image.title = "a title"
image.write(path)
pixel = ink.Pixel(1, 2, 3)


def same(x, y, old):
    return pixel


def fail(x, y, old):
    raise ValueError("here")


def cycle():
    made = ink.Image(2, 2)
    made.tag = made


def subclassed():
    class Poster(ink.Image):
        pass

    Poster(2, 2)


def hooked():
    ink.on_work(lambda: None)
    image.blur(1)
    ink.on_work(None)


# A name, what is called, and what it raises; `...` for what leaves work for Python's collector,
# and must leave nothing once that has run.
CALLS = [
    ("pixel", lambda: ink.Pixel(1, 2, 3), None),
    ("pixel_too_large", lambda: ink.Pixel(1, 2, 300), OverflowError),
    ("pixel_of_text", lambda: ink.Pixel("1", 2, 3), TypeError),
    ("pixel_equal", lambda: pixel == ink.Pixel(1, 2, 3), None),
    ("pixel_not_equal", lambda: pixel == object(), None),
    ("pixel_hash", lambda: hash(pixel), None),
    ("pixel_repr", lambda: repr(pixel), None),
    ("pixel_luma", lambda: pixel.luma(), None),
    ("pixel_pickled", lambda: pickle.loads(pickle.dumps(pixel)), None),
    ("image", lambda: ink.Image(2, 2), None),
    ("image_of_no_size", lambda: ink.Image(0, 0), ink.InkError),
    ("image_too_few", lambda: ink.Image(1), TypeError),
    ("image_closed", lambda: ink.Image(2, 2).close(), None),
    ("image_in_a_cycle", cycle, ...),
    ("image_subclassed", subclassed, ...),
    ("image_repr", lambda: repr(image), None),
    ("image_pickled", lambda: pickle.loads(pickle.dumps(image)), None),
    ("from_pixels", lambda: ink.Image.from_pixels(2, 2, bytes(12)), None),
    ("from_pixels_writable", lambda: ink.Image.from_pixels(2, 2, bytearray(12)), None),
    ("from_pixels_too_short", lambda: ink.Image.from_pixels(2, 2, b""), ink.InkError),
    ("from_pixels_of_nothing", lambda: ink.Image.from_pixels(2, 2, None), TypeError),
    ("read", lambda: ink.Image.read(path), None),
    ("read_a_missing_file", lambda: ink.Image.read(path + "no"), ink.InkIOError),
    ("write", lambda: image.write(path), None),
    ("write_nowhere", lambda: image.write(folder + "/no/where.png"), ink.InkIOError),
    ("size", lambda: (image.width, image.height), None),
    ("title", lambda: image.title, None),
    ("set_title", lambda: setattr(image, "title", "süß"), None),
    ("set_title_with_a_nul", lambda: setattr(image, "title", "a\0b"), ink.InkError),
    ("set_title_no_utf_8", lambda: setattr(image, "title", "\ud800"), ink.InkError),
    ("set_title_to_bytes", lambda: setattr(image, "title", b"no"), TypeError),
    ("describe", lambda: image.describe(), None),
    ("get", lambda: image.get(1, 1), None),
    ("get_outside", lambda: image.get(9, 9), ink.InkError),
    ("set", lambda: image.set(1, 1, pixel), None),
    ("set_to_nothing", lambda: image.set(1, 1, None), TypeError),
    ("map", lambda: image.map(same), None),
    ("map_raises", lambda: image.map(fail), ValueError),
    ("map_to_nothing", lambda: image.map(lambda x, y, old: None), TypeError),
    ("blur", lambda: image.blur(1), None),
    ("blur_less_than_nothing", lambda: image.blur(-1), OverflowError),
    ("pixels", lambda: image.pixels().release(), None),
    ("pixels_dropped", lambda: image.pixels(), None),
    ("tag", lambda: setattr(image, "tag", [1, 2, 3]), None),
    ("with", lambda: ink.Image(2, 2).__enter__().close(), None),
    ("on_work", hooked, None),
    ("live_allocations", lambda: ink.live_allocations(), None),
]


def test(call, raises):
    def run(self):
        if raises is ...:
            self.execute(lambda: (call(), gc.collect()), checkers=Checkers.exclude("gcgarbage"))
        elif raises is None:
            self.execute(call)
        else:
            self.execute_w_exc(raises, call)

    return run


names = {f"test_{name}": test(call, raises) for name, call, raises in CALLS}
Outside = type("Outside", (MemoryLeakTestCase,), names)

if __name__ == "__main__":
    unittest.main()
