"""Numbers, and structs by value, keep their values and their limits."""

import pytest


def test_a_pixel_has_what_it_was_made_of(ink):
    pixel = ink.Pixel(1, 128, 255)
    assert (pixel.r, pixel.g, pixel.b) == (1, 128, 255)


@pytest.mark.parametrize("channel", [0, 1, 2])
@pytest.mark.parametrize("value", [-1, 256, 2**32, 2**64, -(2**63) - 1])
def test_a_channel_out_of_range_is_an_overflow(ink, channel, value):
    channels = [0, 0, 0]
    channels[channel] = value
    with pytest.raises(OverflowError):
        ink.Pixel(*channels)


@pytest.mark.parametrize("value", [1.0, "1", None, b"1", [1]])
def test_what_is_no_integer_is_a_type_error(ink, value):
    with pytest.raises(TypeError):
        ink.Pixel(value, 0, 0)
    with pytest.raises(TypeError):
        ink.Image(value, 1)
    with pytest.raises(TypeError):
        ink.Image(2, 2).get(0, value)
    with pytest.raises(TypeError):
        ink.Image(2, 2).blur(value)


def test_what_says_that_it_is_an_integer_is_one(ink):
    class Three:
        def __index__(self):
            return 3

    assert ink.Pixel(Three(), 0, 0).r == 3
    assert ink.Image(Three(), 2).width == 3


@pytest.mark.parametrize("value", [-1, 2**32, 2**64])
def test_a_size_out_of_range_is_an_overflow(ink, value):
    with pytest.raises(OverflowError):
        ink.Image(value, 1)
    with pytest.raises(OverflowError):
        ink.Image(2, 2).get(value, 0)
    with pytest.raises(OverflowError):
        ink.Image(2, 2).blur(value)


def test_too_few_or_too_many_arguments_are_a_type_error(ink):
    for arguments in [(), (1,), (1, 2, 3, 4)]:
        with pytest.raises(TypeError):
            ink.Pixel(*arguments)
    for arguments in [(), (1,), (1, 2, 3)]:
        with pytest.raises(TypeError):
            ink.Image(*arguments)


def test_a_pixel_is_a_value(ink):
    pixel = ink.Pixel(1, 2, 3)
    assert pixel == ink.Pixel(1, 2, 3)
    assert not pixel != ink.Pixel(1, 2, 3)
    assert pixel != ink.Pixel(1, 2, 4)
    assert pixel != (1, 2, 3)
    assert not pixel == (1, 2, 3)
    assert hash(pixel) == hash(ink.Pixel(1, 2, 3))
    assert len({ink.Pixel(1, 2, 3), ink.Pixel(1, 2, 3), ink.Pixel(3, 2, 1)}) == 2


def test_a_pixel_cannot_be_changed(ink):
    pixel = ink.Pixel(1, 2, 3)
    for name in "rgb":
        with pytest.raises(AttributeError):
            setattr(pixel, name, 9)
    assert pixel == ink.Pixel(1, 2, 3)


def test_a_pixel_goes_by_value(ink):
    assert ink.Pixel(0, 0, 0).luma() == 0
    assert ink.Pixel(255, 255, 255).luma() == 255
    red, green, blue = (ink.Pixel(*rgb).luma() for rgb in [(200, 0, 0), (0, 200, 0), (0, 0, 200)])
    assert blue < red < green


def test_an_image_keeps_its_pixels(ink):
    image = ink.Image(3, 2)
    assert (image.width, image.height) == (3, 2)
    assert image.get(2, 1) == ink.Pixel(0, 0, 0)
    assert image.set(2, 1, ink.Pixel(10, 20, 30)) is None
    assert image.get(2, 1) == ink.Pixel(10, 20, 30)
    assert image.get(1, 1) == ink.Pixel(0, 0, 0)


def test_only_a_pixel_is_a_pixel(ink):
    image = ink.Image(1, 1)
    for stranger in [(1, 2, 3), None, 7, "pixel", image]:
        with pytest.raises(TypeError):
            image.set(0, 0, stranger)


def test_the_size_is_read_only(ink):
    image = ink.Image(3, 2)
    for name in ["width", "height", "closed"]:
        with pytest.raises(AttributeError):
            setattr(image, name, 5)
    assert (image.width, image.height) == (3, 2)


def test_blur_is_the_mean_of_the_square(ink):
    data = bytes(range(0, 27))
    image = ink.Image.from_pixels(3, 3, data)
    image.blur(1)
    red = [data[3 * n] for n in range(9)]
    assert image.get(1, 1).r == sum(red) // 9
    assert image.get(0, 0).r == (red[0] + red[1] + red[3] + red[4]) // 4
