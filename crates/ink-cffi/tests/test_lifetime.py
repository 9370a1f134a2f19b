"""What outlives what: a view its module, a bell the interpreter that set it."""

import importlib.util
import subprocess
import sys

import pytest

MODULES = ["ink_cffi_abi", "ink_cffi_api"]


def run(module, code):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"this wheel has no {module}")
    done = subprocess.run(
        [sys.executable, "-c", f"import {module} as ink\n{code}"], capture_output=True, text=True
    )
    assert done.returncode == 0, f"it ended with {done.returncode}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("module", MODULES)
def test_a_view_may_outlive_the_module(module):
    """cffi unloads a library with its `ffi`, and then the view could not free the image."""
    code = """
import gc, sys
view = ink.Image.from_pixels(1, 1, b"abc").pixels()
del ink
for name in [n for n in sys.modules if "cffi" in n]:
    del sys.modules[name]
gc.collect()
print(view.tobytes())
view.release()
"""
    assert run(module, code) == "b'abc'\n"


@pytest.mark.parametrize("module", MODULES)
def test_an_image_made_again_keeps_what_its_view_shows(module):
    code = """
image = ink.Image.from_pixels(1, 1, b"abc")
view = image.pixels()
image.__init__(2, 2)
image.set(0, 0, ink.Pixel(9, 9, 9))
print(view.tobytes(), ink.live_allocations())
view.release()
print(ink.live_allocations())
"""
    assert run(module, code) == "b'abc' 2\n1\n"


@pytest.mark.parametrize("module", MODULES)
def test_a_second_interpreter_takes_its_bell_along(module):
    code = """
import sys
try:
    import _interpreters as interpreters
    other = interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    other = interpreters.create(isolated=False)
setup = f"import sys; sys.path[:] = {sys.path!r}; import {ink.__name__} as ink" + chr(10)
interpreters.run_string(other, setup + "ink.on_work(lambda: None); ink.Image(2, 2).blur(1)")
interpreters.destroy(other)
ink.Image(2, 2).blur(1)
"""
    run(module, code)


@pytest.mark.parametrize("module", MODULES)
def test_what_a_callback_raised_leaves_no_cycle(module):
    """Its traceback holds the frame that holds what was raised: somebody has to cut that."""
    code = """
import gc, weakref
gc.disable()
class Fail:
    def __call__(self, x, y, pixel):
        raise ValueError
fail = Fail()
watch = weakref.ref(fail)
try:
    ink.Image(1, 1).map(fail)
except ValueError:
    pass
del fail
print(watch())
"""
    assert run(module, code) == "None\n"
