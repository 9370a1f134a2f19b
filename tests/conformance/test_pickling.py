"""Pixels and images can be pickled and copied."""

import copy
import pickle

import pytest

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_pixel(ink, protocol):
    pixel = ink.Pixel(1, 2, 3)
    assert pickle.loads(pickle.dumps(pixel, protocol)) == pixel
    assert copy.copy(pixel) == pixel
    assert copy.deepcopy([pixel]) == [pixel]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_image(ink, protocol):
    image = ink.Image.from_pixels(2, 3, bytes(range(18)))
    image.title = "Süß"
    image.tag = lambda: "functions cannot be pickled, and the tag is left behind"
    again = pickle.loads(pickle.dumps(image, protocol))
    assert type(again) is ink.Image
    assert (again.width, again.height, again.title, again.tag) == (2, 3, "Süß", None)
    assert again.pixels().tobytes() == bytes(range(18))
    again.set(0, 0, ink.Pixel(9, 9, 9))
    assert image.get(0, 0) == ink.Pixel(0, 1, 2)


def test_a_copy_is_another_image(ink):
    image = ink.Image.from_pixels(1, 1, b"abc")
    for again in [copy.copy(image), copy.deepcopy(image)]:
        again.set(0, 0, ink.Pixel(0, 0, 0))
    assert image.get(0, 0) == ink.Pixel(97, 98, 99)


def test_a_closed_image_cannot_be_pickled(ink):
    image = ink.Image(1, 1)
    image.close()
    with pytest.raises(ValueError):
        pickle.dumps(image)
