"""While somebody looks at the pixels, nobody changes or frees them."""

import pytest

CHANGES = {
    "set": lambda ink, image: image.set(0, 0, ink.Pixel(9, 9, 9)),
    "map": lambda ink, image: image.map(lambda x, y, pixel: ink.Pixel(9, 9, 9)),
    "blur": lambda ink, image: image.blur(1),
    "close": lambda ink, image: image.close(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused_while_a_view_is_out(ink, change):
    image = ink.Image.from_pixels(2, 1, b"abcdef")
    with image.pixels() as view:
        with pytest.raises(BufferError):
            CHANGES[change](ink, image)
        assert view.tobytes() == b"abcdef"
        assert image.get(0, 0) == ink.Pixel(97, 98, 99)
        image.title = "a title is no pixel"
    CHANGES[change](ink, image)


def test_the_last_view_counts(ink):
    image = ink.Image(1, 1)
    one, two = image.pixels(), image.pixels()
    one.release()
    with pytest.raises(BufferError):
        image.set(0, 0, ink.Pixel(1, 1, 1))
    two.release()
    image.set(0, 0, ink.Pixel(1, 1, 1))


def test_a_view_of_a_view_counts(ink):
    image = ink.Image(2, 1)
    view = image.pixels()
    part = memoryview(view)
    view.release()
    with pytest.raises(BufferError):
        image.blur(1)
    part.release()
    image.blur(1)


def test_a_dropped_view_counts_no_more(ink):
    image = ink.Image(1, 1)
    image.pixels()
    image.set(0, 0, ink.Pixel(1, 1, 1))


def test_leaving_a_with_block_is_refused_too(ink):
    view = None
    with pytest.raises(BufferError):
        with ink.Image(1, 1) as image:
            view = image.pixels()
    view.release()
    image.close()


def test_a_callback_cannot_change_what_is_being_mapped(ink):
    image = ink.Image(1, 1)
    refused = []

    def meddle(x, y, pixel):
        for act in [
            image.pixels,
            image.close,
            lambda: image.blur(1),
            lambda: image.set(0, 0, pixel),
            lambda: image.map(meddle),
            lambda: setattr(image, "title", "new"),
        ]:
            try:
                act()
            except (RuntimeError, BufferError) as error:
                refused.append(type(error))
        return ink.Pixel(3, 3, 3)

    image.map(meddle)
    assert len(refused) == 6
    assert refused[1:] == [RuntimeError] * 5
    assert image.get(0, 0) == ink.Pixel(3, 3, 3)
    assert image.title == ""
