"""What Python code can do at the worst moment: none of it is a crash."""

import subprocess
import sys

import ink_capi_c as ink
import pytest


def fresh(code):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", f"import ink_capi_c as ink\n{code}"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_argument_that_closes_the_image():
    image = ink.Image(2, 2)

    class Closer:
        def __index__(self):
            image.close()
            return 0

    for call in [lambda: image.get(Closer(), 0), lambda: image.blur(Closer())]:
        image = ink.Image(2, 2)
        with pytest.raises(ValueError, match="closed"):
            call()


def test_a_path_that_closes_the_image():
    image = ink.Image(2, 2)

    class Closer:
        def __fspath__(self):
            image.close()
            return "nowhere.png"

    with pytest.raises(ValueError, match="closed"):
        image.write(Closer())


def test_an_argument_that_makes_the_image():
    image = ink.Image.__new__(ink.Image)

    class Maker:
        def __index__(self):
            ink.Image.__init__(image, 1, 1)
            return 3

    with pytest.raises(RuntimeError):
        image.__init__(Maker(), 3)
    assert image.width == 1


def test_a_bell_that_blurs():
    depth = []

    def bell():
        depth.append(1)
        if len(depth) < 5:
            ink.Image(2, 2).blur(1)

    ink.on_work(bell)
    try:
        ink.Image(2, 2).blur(1)
        assert len(depth) == 5
        ink.Image(2, 2).blur(1)
        assert len(depth) == 6
    finally:
        ink.on_work(None)


def test_a_callback_that_goes_while_it_sets_another():
    class Last:
        def __del__(self):
            ink.on_work(None)

        def __call__(self):
            pass

    ink.on_work(Last())
    ink.on_work(print)  # lets go of the first, which takes the second away
    ink.Image(2, 2).blur(1)


def test_a_map_that_drops_its_image():
    images = [ink.Image(2, 2)]

    def drop(x, y, pixel):
        images.clear()
        return pixel

    images[0].map(drop)
    assert images == []


@pytest.mark.parametrize("subclass", [False, True])
def test_a_long_chain_of_tags(subclass):
    fresh(f"""
class Poster(ink.Image): pass
kind = Poster if {subclass} else ink.Image
head = None
for _ in range(200_000):
    image = kind(1, 1)
    image.tag, head = head, image
del image, head
assert ink.live_allocations() == 0
""")


WORK = {
    "map": "image.map(lambda x, y, pixel: pixel)",
    "bell": "image.blur(1)",
}


@pytest.mark.parametrize("work", WORK)
def test_python_may_end_while_a_daemon_thread_works(work):
    for _ in range(5):
        fresh(f"""
import threading
begun = threading.Semaphore(0)
ink.on_work(lambda: None)
def work():
    image = ink.Image(32, 32)
    begun.release()
    while True:
        {WORK[work]}
for _ in range(6):
    threading.Thread(target=work, daemon=True).start()
for _ in range(6):
    begun.acquire()
""")


@pytest.mark.parametrize("kind", [ink.Image, ink.Pixel])
def test_a_class_cannot_be_changed(kind):
    with pytest.raises(TypeError):
        kind.luma = None


def test_what_a_subclass_is_comes_back_from_a_pickle():
    import copy

    class Poster(ink.Image):
        pass

    poster = Poster(1, 1)
    poster.title = "mine"
    again = copy.copy(poster)
    assert type(again) is Poster and again.title == "mine"


def test_consumers_get_what_they_ask_for():
    import ctypes

    class Buffer(ctypes.Structure):
        _fields_ = [
            ("buf", ctypes.c_void_p),
            ("obj", ctypes.c_void_p),
            ("len", ctypes.c_ssize_t),
            ("itemsize", ctypes.c_ssize_t),
            ("readonly", ctypes.c_int),
            ("ndim", ctypes.c_int),
            ("format", ctypes.c_char_p),
            ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
            ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
            ("suboffsets", ctypes.c_void_p),
            ("internal", ctypes.c_void_p),
        ]

    api = ctypes.pythonapi
    api.PyObject_GetBuffer.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_int]
    api.PyBuffer_Release.argtypes, api.PyBuffer_Release.restype = [ctypes.c_void_p], None
    image, buffer = ink.Image(5, 4), Buffer()
    simple, nd, strides, form = 0, 8, 0x18, 4
    for flags in [simple, form, nd, strides, strides | form, 0x38, 0x98]:
        api.PyObject_GetBuffer(image, ctypes.byref(buffer), flags)
        assert (buffer.len, buffer.readonly) == (60, 1)
        assert bool(buffer.shape) == bool(flags & nd)
        assert bool(buffer.strides) == (flags & strides == strides)
        assert buffer.format == (b"B" if flags & form else None)
        if buffer.shape:
            assert buffer.shape[: buffer.ndim] == [4, 5, 3]
        if buffer.strides:
            assert buffer.strides[: buffer.ndim] == [15, 3, 1]
        api.PyBuffer_Release(ctypes.byref(buffer))
    for flags in [1, 0x58, 0x1 | strides]:  # writable, column by column
        with pytest.raises(BufferError):
            api.PyObject_GetBuffer(image, ctypes.byref(buffer), flags)
    image.close()
