"""A refused call is an exception of the right type, with code and message."""

import pickle

import pytest


def test_the_types_are_what_they_should_be(ink):
    assert issubclass(ink.InkError, Exception)
    assert issubclass(ink.InkIOError, ink.InkError)
    assert issubclass(ink.InkIOError, OSError)
    assert not issubclass(ink.InkError, OSError)
    assert ink.InkError.code == 0


def test_a_place_outside(ink):
    image = ink.Image(3, 2)
    for call in [lambda: image.get(3, 0), lambda: image.set(0, 2, ink.Pixel(0, 0, 0))]:
        with pytest.raises(ink.InkError) as caught:
            call()
        assert type(caught.value) is ink.InkError
        assert caught.value.code == 4
        assert "outside" in str(caught.value)
        assert caught.value.__cause__ is None


def test_a_size_that_no_image_has(ink):
    for width, height in [(0, 1), (1, 0), (2**32 - 1, 2**32 - 1), (4097, 4096)]:
        with pytest.raises(ink.InkError) as caught:
            ink.Image(width, height)
        assert caught.value.code == 3
        assert str(caught.value)


def test_pixels_that_do_not_fit(ink):
    for data in [b"", b"12345", b"1234567"]:
        with pytest.raises(ink.InkError) as caught:
            ink.Image.from_pixels(1, 2, data)
        assert caught.value.code == 3


def test_what_has_no_buffer(ink):
    for data in ["text", 6, None, [1, 2, 3]]:
        with pytest.raises(TypeError):
            ink.Image.from_pixels(1, 1, data)


def test_the_message_is_of_this_call(ink):
    image = ink.Image(3, 2)
    messages = []
    for x in [3, 4]:
        with pytest.raises(ink.InkError) as caught:
            image.get(x, 0)
        messages.append(str(caught.value))
    assert messages[0] != messages[1]


def test_a_failure_leaves_nothing_set(ink):
    image = ink.Image(1, 1)
    with pytest.raises(ink.InkError):
        image.get(1, 1)
    assert image.get(0, 0) == ink.Pixel(0, 0, 0)


def test_an_error_can_be_pickled(ink):
    with pytest.raises(ink.InkError) as caught:
        ink.Image(0, 0)
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is ink.InkError
    assert (str(again), again.code) == (str(caught.value), 3)
