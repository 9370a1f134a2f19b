"""The image itself has a buffer: memoryview(image), bytes(image), numpy."""

import ctypes

import pytest

from test_buffer import address


def test_a_view_of_the_image_itself(ink):
    image = ink.Image.from_pixels(2, 1, b"abcdef")
    with memoryview(image) as view, image.pixels() as pixels:
        assert (view.shape, view.readonly) == ((1, 2, 3), True)
        assert address(view) == address(pixels)
    assert bytes(image) == b"abcdef"


def test_numpy_takes_it_without_a_copy(ink):
    numpy = pytest.importorskip("numpy")
    image = ink.Image.from_pixels(2, 1, b"abcdef")
    array = numpy.asarray(image)
    assert array.shape == (1, 2, 3)
    with image.pixels() as pixels:
        assert array.ctypes.data == address(pixels)


def test_who_wants_to_write_is_refused(ink):
    image = ink.Image(1, 1)
    memoryview(image).release()  # it has a buffer
    with pytest.raises((BufferError, TypeError)):
        (ctypes.c_char * 3).from_buffer(image)
    image.set(0, 0, ink.Pixel(1, 1, 1))  # and nothing was exported
