"""What Python code can do at the worst moment: one of these is a crash, and the README says so."""

import subprocess
import sys

import ink_capi_rust as ink
import pytest


def run(code):
    command = [sys.executable, "-X", "faulthandler", "-c", f"import ink_capi_rust as ink\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


class Closer:
    """An argument that closes the image while it is converted."""

    def __init__(self, image):
        self.image = image

    def __index__(self):
        self.image.close()
        return 0

    def __fspath__(self):
        self.image.close()
        return "nowhere.png"


USES = {
    "get": lambda image: image.get(Closer(image), 0),
    "set": lambda image: image.set(0, Closer(image), ink.Pixel(1, 1, 1)),
    "blur": lambda image: image.blur(Closer(image)),
    "write": lambda image: image.write(Closer(image)),
}


@pytest.mark.parametrize("use", USES)
def test_an_argument_that_closes_the_image(use):
    with pytest.raises(ValueError, match="closed"):
        USES[use](ink.Image(2, 2))


def test_an_argument_that_makes_the_image():
    class Maker:
        def __index__(self):
            ink.Image.__init__(image, 1, 1)
            return 3

    image = ink.Image.__new__(ink.Image)
    with pytest.raises(RuntimeError):
        image.__init__(Maker(), 3)
    assert image.width == 1


def test_a_view_that_is_the_tag_is_let_go_with_it():
    image = ink.Image(2, 2)
    image.tag = image.pixels()
    image.tag = None
    image.close()


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
    finally:
        ink.on_work(None)


def test_a_bell_that_goes_while_another_comes():
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


WORK = {"map": "image.map(lambda x, y, pixel: pixel)", "bell": "image.blur(1)"}


@pytest.mark.parametrize("work", WORK)
def test_python_may_end_while_a_daemon_thread_works(work):
    for _ in range(5):
        done = run(f"""
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
        assert done.returncode == 0, done.stderr


def test_a_long_chain_of_tags_uses_up_the_stack():
    done = run("""
import threading
threading.stack_size(8 << 20)
def chain():
    head = None
    for _ in range(500_000):
        image = ink.Image(1, 1)
        image.tag, head = head, image
thread = threading.Thread(target=chain)
thread.start()
thread.join()
""")
    assert done.returncode < 0
