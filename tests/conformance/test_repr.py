"""repr says what it is, and a type says where it is from."""


def test_a_pixel(ink):
    assert repr(ink.Pixel(1, 20, 255)) == "Pixel(r=1, g=20, b=255)"


def test_an_image(ink):
    image = ink.Image(640, 400)
    assert repr(image) == "<Image '' 640x400>"
    image.title = "it's 日没"
    assert repr(image) == "<Image \"it's 日没\" 640x400>"
    image.close()
    assert repr(image) == "<Image closed>"


def test_the_names_are_of_the_module(ink):
    for name in ["Pixel", "Image", "InkError", "InkIOError"]:
        kind = getattr(ink, name)
        assert (kind.__name__, kind.__qualname__) == (name, name)
        assert kind.__module__ == ink.__name__
