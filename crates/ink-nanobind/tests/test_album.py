"""An album and Python own the same images."""

import gc

import ink_nanobind as ink
import pytest


def test_the_image_is_shared_and_not_copied():
    album, image = ink.Album(), ink.Image(2, 1)
    album.add(image)
    image.set(0, 0, ink.Pixel(1, 2, 3))
    assert len(album) == 1
    assert album[0].get(0, 0) == ink.Pixel(1, 2, 3)
    # The C++ image lies inside the Python object, so the two are found together.
    assert album[0] is image


def test_the_image_outlives_the_album():
    before = ink.live_allocations()
    album = ink.Album()
    album.add(ink.Image(2, 1))
    image = album[0]
    del album
    gc.collect()
    assert (image.width, ink.live_allocations()) == (2, before + 1)
    del image
    assert ink.live_allocations() == before


def test_the_album_keeps_the_python_object_with_all_that_is_in_it():
    class Poster(ink.Image):
        pass

    before = ink.live_allocations()
    album, poster = ink.Album(), Poster(2, 1)
    poster.tag = "in Python"
    album.add(poster)
    del poster
    assert ink.live_allocations() == before + 1
    assert (album[0].tag, type(album[0])) == ("in Python", Poster)
    del album
    assert ink.live_allocations() == before


def test_the_marks_are_shared_too():
    album, image = ink.Album(), ink.Image(2, 1)
    album.add(image)
    view = image.pixels()
    del image
    with pytest.raises(BufferError):
        album[0].blur(1)
    view.release()
    album[0].close()
    assert album[0].closed


def test_a_cycle_through_an_album_is_collected():
    before = ink.live_allocations()
    album, image = ink.Album(), ink.Image(1, 1)
    image.tag = album
    album.add(image)
    album.add(image)  # and each place holds a reference of its own
    del album, image
    gc.collect()
    assert ink.live_allocations() == before


def test_an_album_is_iterated_and_refuses_strangers():
    album = ink.Album()
    for width in [1, 2]:
        album.add(ink.Image(width, 1))
    assert [image.width for image in album] == [1, 2]
    for stranger in [None, 7, album]:
        with pytest.raises(TypeError):
            album.add(stranger)
