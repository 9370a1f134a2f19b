"""Whoever owns it frees it, once and at once."""

import gc

import pytest


def test_the_last_reference_frees(ink):
    before = ink.live_allocations()
    image = ink.Image(10, 10)
    assert ink.live_allocations() == before + 1
    again = image
    del image
    assert ink.live_allocations() == before + 1
    del again
    assert ink.live_allocations() == before


def test_closing_frees_at_once(ink):
    before = ink.live_allocations()
    image = ink.Image(10, 10)
    assert image.close() is None
    assert ink.live_allocations() == before
    image.close()
    del image
    assert ink.live_allocations() == before


def test_a_with_block_frees(ink):
    before = ink.live_allocations()
    with ink.Image(2, 2) as image:
        assert image.width == 2
        assert ink.live_allocations() == before + 1
    assert image.closed
    assert ink.live_allocations() == before


def test_a_with_block_frees_and_lets_the_exception_pass(ink):
    before = ink.live_allocations()
    with pytest.raises(KeyError):
        with ink.Image(2, 2):
            raise KeyError
    assert ink.live_allocations() == before


def test_what_fails_leaves_nothing(ink, tmp_path):
    before = ink.live_allocations()
    image = ink.Image(1, 1)
    for fail in [
        lambda: ink.Image(0, 0),
        lambda: ink.Image(-1, 0),
        lambda: ink.Image.from_pixels(2, 2, b"short"),
        lambda: ink.Image.from_pixels(2, 2, None),
        lambda: ink.Image.read(tmp_path / "nowhere"),
        lambda: image.get(5, 5),
        lambda: image.map(lambda x, y, pixel: None),
        lambda: setattr(image, "title", "a\0b"),
        lambda: image.write(tmp_path / "no" / "where"),
    ]:
        with pytest.raises(Exception):
            fail()
    del image
    gc.collect()
    assert ink.live_allocations() == before


def test_a_string_the_library_made_is_freed(ink):
    image = ink.Image(1, 1)
    before = ink.live_allocations()
    for _ in range(100):
        image.describe()
    assert ink.live_allocations() == before


def test_making_it_again_does_not_leak(ink):
    before = ink.live_allocations()
    image = ink.Image(2, 2)
    try:
        image.__init__(3, 3)
    except (TypeError, RuntimeError):
        pass  # it may refuse
    assert ink.live_allocations() == before + 1
    assert (image.width, image.height) in [(2, 2), (3, 3)]
    del image
    assert ink.live_allocations() == before


def test_making_it_again_takes_nothing_from_a_view(fresh):
    fresh.run(
        """
        image = ink.Image.from_pixels(2, 2, bytes(range(12)))
        with image.pixels() as view:
            try:
                image.__init__(64, 64)
            except (TypeError, RuntimeError, BufferError):
                pass
            other = [ink.Image(2, 2) for _ in range(100)]  # where it was, if it was freed
            assert view.tobytes() == bytes(range(12))
        """
    )


def test_an_image_that_was_never_made_is_no_crash(fresh):
    fresh.run(
        """
        try:
            image = ink.Image.__new__(ink.Image)
        except TypeError:
            sys.exit()
        for use in [lambda: image.width, lambda: image.get(0, 0), lambda: image.blur(1),
                    lambda: image.pixels(), image.close, lambda: repr(image)]:
            try:
                use()
            except (ValueError, TypeError, RuntimeError, AttributeError, BufferError):
                pass
        """
    )
