"""At the end of a process nanobind reports what is left over. It must have nothing to say."""

import subprocess
import sys

USE_ALL = """
import ink_nanobind as ink
class Poster(ink.Image): pass
poster, album = Poster(2, 2), ink.Album()
poster.tag = album
album.add(poster)
view = ink.Image(1, 1).pixels()
def bell(): return poster
ink.on_work(bell)
poster.blur(1)
"""

FORGET = """
import ctypes
import ink_nanobind as ink
image = ink.Image(1, 1)
ctypes.pythonapi.Py_IncRef(ctypes.py_object(image))
"""


def report(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_nothing_is_left_over():
    assert report(USE_ALL) == ""


def test_one_reference_too_many_is_reported():
    assert "leaked 1 instances" in report(FORGET)
