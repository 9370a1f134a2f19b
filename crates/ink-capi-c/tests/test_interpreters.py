"""Several interpreters in one process: each has its own bell, its own types, its own end."""

import subprocess
import sys

import pytest

# Python 3.13 takes a configuration by name, those before a flag.
MORE = """
import sys, threading, weakref
import ink_capi_c as ink
try:
    import _interpreters as interpreters
    def create(own_gil): return interpreters.create("isolated" if own_gil else "legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    def create(own_gil): return interpreters.create(isolated=own_gil)

def run(id, code):
    failure = interpreters.run_string(id, setup + code)
    if failure is not None:
        raise RuntimeError(failure.formatted)

setup = f"import sys; sys.path[:] = {sys.path!r}; import ink_capi_c as ink" + chr(10)
"""

OWN_GIL = [False, True] if sys.version_info >= (3, 12) else [False]


def fresh(code):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", f"{MORE}\n{code}"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("own_gil", OWN_GIL)
def test_a_blur_rings_the_bell_of_its_own_interpreter(own_gil):
    fresh(f"""
rung = []
ink.on_work(lambda: rung.append("here"))
ink.Image(2, 2).blur(1)
other = create({own_gil})
run(other, '''
ink.Image(2, 2).blur(1)
rung = []
# An import asks the thread which interpreter it is in, whoever wrote the function.
ink.on_work(lambda: rung.append(__import__("sys")))
ink.Image(2, 2).blur(1)
assert rung == [sys], (rung, sys)
''')
assert rung == ["here"], rung
ink.Image(2, 2).blur(1)
assert rung == ["here"] * 2, rung
interpreters.destroy(other)
ink.Image(2, 2).blur(1)
assert rung == ["here"] * 3, rung
""")


@pytest.mark.parametrize("own_gil", OWN_GIL)
def test_silence_in_one_is_not_silence_in_all(own_gil):
    fresh(f"""
other = create({own_gil})
rung = []
ink.on_work(lambda: rung.append("here"))
run(other, "ink.on_work(lambda: None); ink.on_work(None); ink.Image(2, 2).blur(1)")
ink.Image(2, 2).blur(1)
assert rung == ["here"], rung
interpreters.destroy(other)
""")


def test_a_blur_that_began_in_c_rings_no_bell():
    fresh("""
import ctypes
from ctypes import byref, c_uint32, c_void_p
rung, inside, go = [], threading.Event(), threading.Event()
def bell():
    rung.append(threading.get_ident())
    inside.set()
    go.wait()
ink.on_work(bell)
thread = threading.Thread(target=lambda: ink.Image(2, 2).blur(1))
thread.start()
inside.wait()
# That thread is on its way through blur. This one comes from elsewhere.
library, handle = ctypes.CDLL(ink.__library__), c_void_p()
assert library.ink_image_new(c_uint32(2), c_uint32(2), byref(handle)) == 0
assert library.ink_image_blur(handle, c_uint32(1)) == 0
library.ink_image_free(handle)
go.set()
thread.join()
assert len(rung) == 1, rung
""")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="there is one GIL before Python 3.12")
def test_bells_ring_beside_each_other():
    fresh("""
failures = []
def work():
    other = create(True)
    try:
        run(other, '''
rung = []
ink.on_work(lambda: rung.append(1))
for n in range(500):
    ink.Image(2, 2).blur(1)
assert len(rung) == 500, len(rung)
''')
    except Exception as error:
        failures.append(error)
    interpreters.destroy(other)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failures, failures
""")


@pytest.mark.parametrize("own_gil", OWN_GIL)
def test_an_interpreter_that_ends_frees_its_images(own_gil):
    fresh(f"""
before = ink.live_allocations()
for _ in range(3):
    other = create({own_gil})
    run(other, '''
kept = ink.Image(2, 2)
kept.tag = ink.Pixel
ink.on_work(kept.describe)
ink.mine = kept
''')
    assert ink.live_allocations() == before + 1
    interpreters.destroy(other)
    assert ink.live_allocations() == before
""")


def test_the_module_goes_with_its_last_reference():
    fresh("""
import gc
native = sys.modules["ink_capi_c._ink"]
watches = [weakref.ref(x) for x in (native, ink.Image, ink.Pixel, ink.InkError)]
ink.on_work(ink.Image(1, 1).close)
native.one = ink.Pixel(1, 2, 3)
del sys.modules["ink_capi_c._ink"], sys.modules["ink_capi_c"], native, ink
gc.collect()
assert [watch() for watch in watches] == [None] * 4
""")
