"""While one thread blurs an image, no other touches it."""

import pytest

USES = {
    "get": "image.get(0, 0)",
    "set": "image.set(0, 0, ink.Pixel(1, 1, 1))",
    "blur": "image.blur(1)",
    "map": "image.map(lambda x, y, pixel: pixel)",
    "close": "image.close()",
    "title": "image.title = 'new'",
    "describe": "image.describe()",
    "write": "image.write('/nowhere/at/all.png')",
}


@pytest.mark.parametrize("use", USES)
def test_another_thread_is_refused(fresh, use):
    assert fresh.at_the_gate("image.blur(1)", USES[use]) == "RuntimeError"


def test_another_thread_gets_no_view(fresh):
    assert fresh.at_the_gate("image.blur(1)", "image.pixels()") in ("RuntimeError", "BufferError")


def test_another_image_is_free(fresh):
    assert fresh.at_the_gate("image.blur(1)", "ink.Image(2, 2).get(1, 1)") == "ok"


def test_repr_never_waits(fresh):
    assert fresh.at_the_gate("image.blur(1)", "repr(image)") == "ok"


def test_the_last_reference_may_go_meanwhile(fresh):
    code = """
        box.append(image)
        del image
        box[0].blur(1)
        import gc
        gc.collect()
        assert ink.live_allocations() == 0, ink.live_allocations()
    """
    assert fresh.at_the_gate(code, "box.clear()") == "ok"
