"""What a borrow that lasts as long as a method means for those who come in between."""

import ctypes
import subprocess
import sys

import ink_pyo3 as ink
import pytest


def run(code):
    """The code in a process of its own, where it may die."""
    command = [sys.executable, "-c", f"import sys; import ink_pyo3 as ink\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(autouse=True)
def nothing_unraisable(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: seen.append(what.exc_value))
    yield
    assert not seen


def test_a_view_that_is_the_tag_is_let_go_with_it():
    image = ink.Image(2, 2)
    image.tag = image.pixels()
    with pytest.raises(BufferError):
        image.set(0, 0, ink.Pixel(1, 1, 1))
    image.tag = None
    image.set(0, 0, ink.Pixel(1, 1, 1))


def test_a_tag_that_dies_may_use_the_image():
    class Last:
        def __del__(self):
            image.set(0, 0, ink.Pixel(9, 9, 9))

    image = ink.Image(1, 1)
    image.tag = Last()
    image.tag = None
    assert image.get(0, 0) == ink.Pixel(9, 9, 9)


def test_an_argument_that_wants_the_image_is_refused():
    class Closer:
        def __index__(self):
            image.close()
            return 0

    image = ink.Image(2, 2)
    for call in [lambda: image.get(Closer(), 0), lambda: image.blur(Closer())]:
        with pytest.raises(RuntimeError, match="borrowed"):
            call()
    assert not image.closed


def test_a_view_may_go_while_its_image_is_borrowed():
    class Releaser:
        def __index__(self):
            view.release()
            return 0

    image = ink.Image(2, 2)
    view = image.pixels()
    image.set(Releaser(), 0, ink.Pixel(1, 2, 3))
    image.close()


def test_who_wants_less_of_a_view_gets_less():
    class Buffer(ctypes.Structure):
        _fields_ = [(name, ctypes.c_void_p) for name in ("buf", "obj", "len", "itemsize")]
        _fields_ += [("readonly", ctypes.c_int), ("ndim", ctypes.c_int)]
        _fields_ += [(name, ctypes.c_void_p) for name in ("format", "shape", "strides")]
        _fields_ += [("rest", ctypes.c_void_p * 2)]

    get, release = ctypes.pythonapi.PyObject_GetBuffer, ctypes.pythonapi.PyBuffer_Release
    get.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_int]
    release.argtypes, release.restype = [ctypes.c_void_p], None
    image, buffer = ink.Image(5, 4), Buffer()
    shaped, strided, formatted = 0x08, 0x18, 0x04
    for flags in [0, formatted, shaped, strided, strided | formatted]:
        assert get(image, ctypes.byref(buffer), flags) == 0
        assert (buffer.len, bool(buffer.shape)) == (60, bool(flags & shaped))
        assert bool(buffer.strides) == (flags & strided == strided)
        assert bool(buffer.format) == bool(flags & formatted)
        release(ctypes.byref(buffer))
    column_by_column = 0x58
    with pytest.raises(BufferError):
        get(image, ctypes.byref(buffer), column_by_column)
    image.close()


def test_a_second_interpreter_is_not_refused_and_shares_the_types():
    done = run("""
try:
    import _interpreters as interpreters
    other = interpreters.create("legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    other = interpreters.create(isolated=False)
code = f"import sys; sys.path[:] = {sys.path!r}; import ink_pyo3; print(id(ink_pyo3.Image))"
interpreters.run_string(other, "import sys; " + code + "; sys.stdout.flush()")
print(id(ink.Image))
""")
    there, here = done.stdout.split()
    assert there == here


def test_a_long_chain_of_tags_uses_up_the_stack():
    """As the README says. If it passes one day, PyO3 has learnt the trashcan."""
    done = run("""
import threading
threading.stack_size(8 << 20)
def chain():
    head = None
    for _ in range(300_000):
        image = ink.Image(1, 1)
        image.tag, head = head, image
thread = threading.Thread(target=chain)
thread.start()
thread.join()
""")
    assert done.returncode < 0
