"""A Python function is called for each pixel, and what it returns counts."""

import pytest


def test_each_pixel_is_asked_once_row_by_row(ink):
    image = ink.Image.from_pixels(2, 2, bytes(range(12)))
    asked = []

    def swap(x, y, pixel):
        asked.append((x, y))
        return ink.Pixel(pixel.b, pixel.g, pixel.r)

    assert image.map(swap) is None
    assert asked == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert image.get(1, 1) == ink.Pixel(11, 10, 9)


def test_a_callback_may_look_at_the_image(ink):
    image = ink.Image.from_pixels(2, 1, bytes([1, 1, 1, 2, 2, 2]))
    seen = []

    def look(x, y, pixel):
        seen.append((image.get(0, 0).r, image.width, image.title))
        return ink.Pixel(9, 9, 9)

    image.map(look)
    # It sees the image as it was before.
    assert seen == [(1, 2, ""), (1, 2, "")]
    assert image.get(0, 0) == ink.Pixel(9, 9, 9)


def test_a_callback_may_work_on_another_image(ink):
    image, other = ink.Image(2, 2), ink.Image(2, 2)

    def other_one(x, y, pixel):
        other.set(x, y, ink.Pixel(x, y, 7))
        other.map(lambda x, y, pixel: pixel)
        return other.get(x, y)

    image.map(other_one)
    assert image.get(1, 1) == ink.Pixel(1, 1, 7)


def test_what_is_no_function_is_a_type_error(ink):
    for stranger in [None, 7, "callback"]:
        with pytest.raises(TypeError):
            ink.Image(1, 1).map(stranger)


def test_anything_that_can_be_called_will_do(ink):
    class Painter:
        def __call__(self, x, y, pixel):
            return ink.Pixel(5, 5, 5)

        def method(self, x, y, pixel):
            return ink.Pixel(6, 6, 6)

    image = ink.Image(1, 1)
    image.map(Painter())
    assert image.get(0, 0).r == 5
    image.map(Painter().method)
    assert image.get(0, 0).r == 6
