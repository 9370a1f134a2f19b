"""Beyond the common API: shared owners, and a loop over a typed memoryview."""

import gc

import pytest

import ink_cython as ink
from ink_cython._loops import brightness


def test_an_album_keeps_what_was_closed():
    before = ink.live_allocations()
    album, image = ink.Album(), ink.Image(2, 3)
    album.add(image)
    image.close()
    assert image.closed
    assert (len(album), album[0].height) == (1, 3)
    del album
    gc.collect()
    assert ink.live_allocations() == before


def test_a_change_is_seen_by_all():
    album, image = ink.Album(), ink.Image(1, 1)
    album.add(image)
    again = album[0]
    assert again is not image
    again.set(0, 0, ink.Pixel(1, 2, 3))
    del again, album
    assert image.get(0, 0) == ink.Pixel(1, 2, 3)


def test_a_view_through_one_owner_stops_the_other():
    album, image = ink.Album(), ink.Image(1, 1)
    album.add(image)
    with album[0].pixels():
        with pytest.raises(BufferError):
            image.blur(1)
    image.blur(1)


def test_an_album_holds_images_that_are_open():
    album, image = ink.Album(), ink.Image(1, 1)
    with pytest.raises(TypeError):
        album.add(None)
    image.close()
    with pytest.raises(ValueError):
        album.add(image)
    for index in [0, -1]:
        with pytest.raises(IndexError):
            album[index]
    assert len(album) == 0


def test_a_loop_sees_the_pixels_in_place():
    image = ink.Image.from_pixels(2, 1, bytes([0, 0, 0, 255, 255, 255]))
    assert brightness(image) == 127.5
    image.set(0, 0, ink.Pixel(255, 255, 255))  # the loop has let go of its view
    assert brightness(image) == 255
    with pytest.raises(ValueError):
        brightness(bytes(6))
