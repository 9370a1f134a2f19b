"""Several interpreters in one process: each has its own bell, its own types, its own end."""

import subprocess
import sys

import pytest

MORE = """
import sys, threading, weakref
import ink_capi_rust as ink
try:
    import _interpreters as interpreters
    def create(own_gil): return interpreters.create("isolated" if own_gil else "legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    def create(own_gil): return interpreters.create(isolated=own_gil)

setup = f"import sys; sys.path[:] = {sys.path!r}; import ink_capi_rust as ink" + chr(10)

def run(id, code):
    failure = interpreters.run_string(id, setup + code)
    if failure is not None:
        raise RuntimeError(failure.formatted)
"""

# An interpreter has a GIL of its own from Python 3.12 on.
OWN_GIL = [False, True] if sys.version_info >= (3, 12) else [False]


def fresh(code):
    command = [sys.executable, "-X", "faulthandler", "-c", f"{MORE}\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("own_gil", OWN_GIL)
def test_a_blur_rings_the_bell_of_its_own_interpreter(own_gil):
    fresh(f"""
rung = []
ink.on_work(lambda: rung.append("here"))
other = create({own_gil})
run(other, '''
ink.Image(2, 2).blur(1)
rung = []
ink.on_work(lambda: rung.append("there"))
ink.Image(2, 2).blur(1)
assert rung == ["there"], rung
''')
assert rung == [], rung
ink.Image(2, 2).blur(1)
interpreters.destroy(other)
ink.Image(2, 2).blur(1)
assert rung == ["here"] * 2, rung
""")


@pytest.mark.skipif(len(OWN_GIL) == 1, reason="there is one GIL before Python 3.12")
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
for _ in range(3):
    other = create({own_gil})
    run(other, "ink.mine = ink.Image(2, 2); ink.mine.tag = ink.Pixel; ink.on_work(ink.mine.close)")
    assert ink.live_allocations() == 1
    interpreters.destroy(other)
    assert ink.live_allocations() == 0
""")


def test_the_module_goes_with_its_last_reference():
    fresh("""
import gc
native = sys.modules["ink_capi_rust._ink"]
watches = [weakref.ref(x) for x in (native, ink.Image, ink.Pixel, ink.InkError)]
ink.on_work(ink.Image(1, 1).close)
native.one = ink.Pixel(1, 2, 3)
del sys.modules["ink_capi_rust._ink"], sys.modules["ink_capi_rust"], native, ink
gc.collect()
assert [watch() for watch in watches] == [None] * 4
""")
