"""An album shares its images with Python: either may go first."""

import gc

import ink_boost as ink
import pytest


def test_the_album_keeps_what_python_forgets():
    before = ink.live_allocations()
    album, image = ink.Album(), ink.Image(2, 1)
    image.title = "kept"
    album.add(image)
    del image
    gc.collect()
    assert len(album) == 1
    assert album.at(0).title == "kept"
    del album
    assert ink.live_allocations() == before


def test_python_keeps_what_the_album_forgets():
    album = ink.Album()
    album.add(ink.Image(2, 1))
    image = album.at(0)
    del album
    image.set(1, 0, ink.Pixel(1, 2, 3))
    assert image.get(1, 0) == ink.Pixel(1, 2, 3)


def test_the_same_object_comes_out():
    album, image = ink.Album(), ink.Image(2, 1)
    image.tag = "kept too"
    album.add(image)
    assert album.at(0) is image
    there = id(image)
    del image
    gc.collect()
    assert (id(album.at(0)), album.at(0).tag) == (there, "kept too")


def test_the_rules_are_the_picture_s():
    album, image = ink.Album(), ink.Image(2, 1)
    album.add(image)
    with image.pixels():
        with pytest.raises(BufferError):
            album.at(0).blur(1)
    image.close()
    assert album.at(0).closed


def test_a_view_outlives_both():
    before = ink.live_allocations()
    album = ink.Album()
    album.add(ink.Image.from_pixels(1, 1, b"abc"))
    view = album.at(0).pixels()
    del album
    gc.collect()
    assert view.tobytes() == b"abc"
    view.release()
    assert ink.live_allocations() == before


def test_what_is_not_there():
    album = ink.Album()
    with pytest.raises(ink.InkError) as caught:
        album.at(0)
    assert caught.value.code == 4
    with pytest.raises(ink.InkError) as caught:
        album.add(None)
    assert caught.value.code == 1
    with pytest.raises(TypeError):
        album.add("an image")
