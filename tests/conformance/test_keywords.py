"""Arguments can be given by name."""

import pytest


def test_a_pixel_by_name(ink):
    assert ink.Pixel(b=3, r=1, g=2) == ink.Pixel(1, 2, 3)


def test_an_image_by_name(ink):
    image = ink.Image(height=3, width=2)
    assert (image.width, image.height) == (2, 3)
    assert image.get(y=2, x=1) == ink.Pixel(0, 0, 0)
    image.set(x=0, y=0, pixel=ink.Pixel(1, 1, 1))
    image.blur(radius=1)
    image.map(callback=lambda x, y, pixel: pixel)
    image = ink.Image.from_pixels(width=1, height=1, data=b"abc")
    assert image.get(0, 0).r == ord("a")


def test_an_unknown_name_is_a_type_error(ink):
    with pytest.raises(TypeError):
        ink.Image(width=1, height=1, depth=1)
    with pytest.raises(TypeError):
        ink.Image(1, 1).blur(radios=1)
