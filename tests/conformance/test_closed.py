"""A closed image refuses every use, and says why."""

import pytest

USES = {
    "width": lambda ink, image: image.width,
    "height": lambda ink, image: image.height,
    "title": lambda ink, image: image.title,
    "set title": lambda ink, image: setattr(image, "title", "new"),
    "describe": lambda ink, image: image.describe(),
    "get": lambda ink, image: image.get(0, 0),
    "set": lambda ink, image: image.set(0, 0, ink.Pixel(1, 2, 3)),
    "map": lambda ink, image: image.map(lambda x, y, pixel: pixel),
    "blur": lambda ink, image: image.blur(1),
    "pixels": lambda ink, image: image.pixels(),
    "write": lambda ink, image: image.write("/nowhere/at/all.png"),
    "with": lambda ink, image: image.__enter__(),
}


@pytest.mark.parametrize("use", USES)
def test_a_closed_image_is_a_value_error(ink, use):
    image = ink.Image(2, 2)
    image.close()
    with pytest.raises(ValueError, match="closed"):
        USES[use](ink, image)


def test_closed_says_so(ink):
    image = ink.Image(1, 1)
    assert image.closed is False
    image.close()
    assert image.closed is True


def test_repr_and_tag_go_on(ink):
    image = ink.Image(1, 1)
    image.tag = "kept"
    image.close()
    assert image.tag == "kept"
    assert "closed" in repr(image)
