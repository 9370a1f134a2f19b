"""Text goes across and comes back as it was, in any script."""

import pytest

TEXTS = ["", "Sunset", "Süßes Gelände", "日没", "🌅 over 🌊", "a\u0301", "x" * 10_000]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:20])
def test_a_title_comes_back(ink, text):
    image = ink.Image(1, 1)
    image.title = text
    assert image.title == text
    assert type(image.title) is str


def test_a_title_is_empty_at_first(ink):
    assert ink.Image(1, 1).title == ""


def test_a_description_is_text(ink):
    image = ink.Image(4, 3)
    image.title = "日没"
    assert image.describe() == "日没, 4 × 3 pixels"


def test_a_title_is_text_and_nothing_else(ink):
    image = ink.Image(1, 1)
    image.title = "before"
    for stranger in [b"bytes", 7, None, ["a"]]:
        with pytest.raises(TypeError):
            image.title = stranger
    with pytest.raises((AttributeError, TypeError)):
        del image.title
    assert image.title == "before"


def test_a_nul_inside_is_refused(ink):
    image = ink.Image(1, 1)
    image.title = "before"
    with pytest.raises(ink.InkError) as caught:
        image.title = "a\0b"
    assert caught.value.code == 2
    assert image.title == "before"


def test_a_borrowed_title_is_a_copy(ink):
    image = ink.Image(1, 1)
    image.title = "first"
    first = image.title
    image.title = "second, and longer than the first"
    image.close()
    assert first == "first"
