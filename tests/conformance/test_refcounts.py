"""No call keeps a reference too many, or gives one too many back."""

import pytest

from support import leaked_references


def swallow(call):
    """The same call, with what it raises caught and forgotten."""

    def quiet():
        try:
            call()
        except Exception as error:
            error.__traceback__ = None  # else it grows by this frame each time

    return quiet


def test_callbacks(ink):
    image = ink.Image(2, 2)
    pixel, nothing = ink.Pixel(1, 2, 3), object()

    def same(x, y, old):
        return pixel

    assert leaked_references(lambda: image.map(same), same) == 0
    assert leaked_references(lambda: image.map(same), pixel) == 0
    assert leaked_references(lambda: image.map(same), image) == 0
    assert leaked_references(swallow(lambda: image.map(lambda x, y, p: nothing)), nothing) == 0


def test_callbacks_that_raise(ink):
    image = ink.Image(1, 1)
    thrown = ValueError("always this one")

    def fail(x, y, old):
        raise thrown

    assert leaked_references(swallow(lambda: image.map(fail)), fail) == 0
    assert leaked_references(swallow(lambda: image.map(fail)), thrown) == 0


def test_pixels_titles_and_paths(ink, tmp_path):
    image = ink.Image(2, 2)
    pixel = ink.Pixel(1, 2, 3)
    title = "a title " + str(id(image))
    path = str(tmp_path / "a.png")
    missing = str(tmp_path / "no" / "where")
    data = bytes(12)
    assert leaked_references(lambda: image.set(0, 0, pixel), pixel) == 0
    assert leaked_references(swallow(lambda: image.set(7, 7, pixel)), pixel) == 0
    assert leaked_references(lambda: pixel.luma(), pixel) == 0
    assert leaked_references(lambda: setattr(image, "title", title), title) == 0
    assert leaked_references(lambda: image.write(path), path, calls=20) == 0
    assert leaked_references(swallow(lambda: ink.Image.read(missing)), missing) == 0
    assert leaked_references(lambda: ink.Image.from_pixels(2, 2, data), data) == 0
    assert leaked_references(swallow(lambda: ink.Image.from_pixels(3, 3, data)), data) == 0


def test_numbers(ink):
    class Large:
        """A number that makes a new and mortal int each time it is asked."""

        def __index__(self):
            return 10**6

    image, large, plain = ink.Image(2, 2), Large(), 10**6 + id(ink) % 7
    for call in [
        lambda: image.get(large, 0),
        lambda: image.set(0, large, ink.Pixel(1, 2, 3)),
        lambda: ink.Pixel(1, large, 3),
        lambda: ink.Image(large, large),
    ]:
        assert leaked_references(swallow(call), large) == 0
    assert leaked_references(swallow(lambda: image.get(plain, 0)), plain) == 0
    assert leaked_references(swallow(lambda: ink.Pixel(1, plain, 3)), plain) == 0


def test_the_image(ink):
    image = ink.Image(2, 2)
    for call in [
        lambda: image.width,
        lambda: image.title,
        lambda: image.describe(),
        lambda: image.get(0, 0),
        lambda: image.blur(1),
        lambda: image.pixels().release(),
        lambda: repr(image),
        lambda: image.__enter__(),
        swallow(lambda: image.get(9, 9)),
    ]:
        assert leaked_references(call, image) == 0


def test_the_tag(ink):
    image = ink.Image(1, 1)
    tag = object()

    def there_and_back():
        image.tag = tag
        image.tag
        image.tag = None

    def closed_with_its_image():
        other = ink.Image(1, 1)
        other.tag = tag
        other.close()

    assert leaked_references(there_and_back, tag) == 0
    assert leaked_references(closed_with_its_image, tag) == 0


def test_the_work_hook(ink):
    def bell():
        pass

    def there_and_back():
        ink.on_work(bell)
        ink.Image(1, 1).blur(1)
        ink.on_work(None)

    assert leaked_references(there_and_back, bell) == 0


def test_the_types_themselves(ink):
    """An instance of a heap type holds its type; a forgotten one keeps it for ever."""
    assert leaked_references(lambda: ink.Image(1, 1), ink.Image) == 0
    assert leaked_references(lambda: ink.Pixel(1, 1, 1), ink.Pixel) == 0
    assert leaked_references(swallow(lambda: ink.Image(0, 0)), ink.Image) == 0
    assert leaked_references(swallow(lambda: ink.Image(0, 0)), ink.InkError) == 0


def test_comparing_with_a_stranger(ink):
    pixel, stranger = ink.Pixel(1, 2, 3), object()
    assert leaked_references(lambda: pixel == stranger, stranger) == 0
    with pytest.raises(TypeError):
        pixel < stranger
