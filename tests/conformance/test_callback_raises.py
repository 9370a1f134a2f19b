"""What a callback raises arrives, and nothing has changed."""

import traceback

import pytest


class Stop(Exception):
    pass


def raising(x, y, pixel):
    raise Stop


@pytest.mark.parametrize("kind", [Stop, ValueError, KeyboardInterrupt, SystemExit])
def test_the_very_exception_arrives(ink, kind):
    image = ink.Image(2, 2)
    thrown = kind("here")

    def fail_at_the_third(x, y, pixel):
        if (x, y) == (0, 1):
            raise thrown
        return ink.Pixel(9, 9, 9)

    with pytest.raises(kind) as caught:
        image.map(fail_at_the_third)
    assert caught.value is thrown
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "fail_at_the_third"
    assert image.get(0, 0) == ink.Pixel(0, 0, 0)


def test_no_call_follows_the_one_that_raised(ink):
    calls = []

    def fail(x, y, pixel):
        calls.append((x, y))
        raise Stop

    with pytest.raises(Stop):
        ink.Image(3, 3).map(fail)
    assert calls == [(0, 0)]


@pytest.mark.parametrize("result", [None, 7, (1, 2, 3), "pixel"])
def test_what_is_no_pixel_is_a_type_error(ink, result):
    image = ink.Image(2, 1)
    with pytest.raises(TypeError):
        image.map(lambda x, y, pixel: ink.Pixel(9, 9, 9) if x == 0 else result)
    assert image.get(0, 0) == ink.Pixel(0, 0, 0)


def test_a_wrong_signature_is_a_type_error(ink):
    with pytest.raises(TypeError):
        ink.Image(1, 1).map(lambda: None)


def test_the_image_can_be_used_again(ink):
    image = ink.Image(1, 1)
    with pytest.raises(Stop):
        image.map(raising)
    image.map(lambda x, y, pixel: ink.Pixel(1, 2, 3))
    image.blur(1)
    assert image.get(0, 0) == ink.Pixel(1, 2, 3)


def test_an_exception_inside_an_exception(ink):
    inner = ink.Image(1, 1)

    def nested(x, y, pixel):
        try:
            inner.map(raising)
        except Stop as error:
            raise ValueError("outer") from error

    with pytest.raises(ValueError) as caught:
        ink.Image(1, 1).map(nested)
    assert type(caught.value.__cause__) is Stop
