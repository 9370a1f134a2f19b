"""Files are read and written, and what is wrong with them is said."""

import os
import pickle
import zlib

import pytest


class Somewhere:
    """A path that is no string."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return str(self.path)


def test_a_picture_comes_back(ink, tmp_path):
    path = tmp_path / "bild-ü-日.png"
    image = ink.Image.from_pixels(2, 1, bytes([1, 2, 3, 250, 251, 252]))
    image.title = "Süß"
    assert image.write(path) is None
    assert path.read_bytes().startswith(b"\x89PNG")
    again = ink.Image.read(path)
    assert (again.width, again.height, again.title) == (2, 1, "Süß")
    assert again.get(1, 0) == ink.Pixel(250, 251, 252)


def test_a_path_is_text_or_like_a_path(ink, tmp_path):
    image = ink.Image(1, 1)
    image.write(str(tmp_path / "a.png"))
    image.write(Somewhere(tmp_path / "b.png"))
    assert sorted(os.listdir(tmp_path)) == ["a.png", "b.png"]
    for stranger in [7, None, 1.5]:
        with pytest.raises(TypeError):
            image.write(stranger)
        with pytest.raises(TypeError):
            ink.Image.read(stranger)


def test_a_missing_file(ink, tmp_path):
    with pytest.raises(OSError) as caught:
        ink.Image.read(tmp_path / "nowhere.png")
    assert type(caught.value) is ink.InkIOError
    assert caught.value.code == 7
    assert "nowhere.png" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.code) == (ink.InkIOError, str(caught.value), 7)


def test_a_folder_that_is_not_there(ink, tmp_path):
    with pytest.raises(ink.InkIOError):
        ink.Image(1, 1).write(tmp_path / "nowhere" / "a.png")


def huge():
    """A valid beginning that promises more pixels than any memory holds."""
    head = b"IHDR" + (10**6).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + zlib.crc32(head).to_bytes(4, "big")


BROKEN = {
    "empty": b"",
    "text": b"this is no picture",
    "cut": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "huge": huge(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file(ink, tmp_path, name):
    path = tmp_path / f"{name}.png"
    path.write_bytes(BROKEN[name])
    with pytest.raises(ink.InkError) as caught:
        ink.Image.read(path)
    assert type(caught.value) is ink.InkError
    assert caught.value.code in (3, 8)
    assert str(caught.value)


def test_a_nul_in_a_path(ink, tmp_path):
    with pytest.raises(ink.InkError) as caught:
        ink.Image.read(str(tmp_path / "a\0b.png"))
    assert caught.value.code == 2
