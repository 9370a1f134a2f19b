"""An error says which error it came from."""

import pytest


def test_text_that_is_no_utf_8_says_why(ink):
    image = ink.Image(1, 1)
    image.title = "before"
    with pytest.raises(ink.InkError) as caught:
        image.title = "lone \ud800 surrogate"
    assert caught.value.code == 2
    cause = caught.value.__cause__
    assert type(cause) is UnicodeEncodeError
    assert (cause.start, cause.end) == (5, 6)
    assert image.title == "before"
