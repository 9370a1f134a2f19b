"""The client's API: as near to the other bindings' as a process border lets it be."""

import copy
import gc
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ink_protobuf import Image, InkError, InkIOError, Pixel, connect, live_allocations


def test_an_image_is_made_read_and_changed(connection):
    image = Image(width=3, height=2, connection=connection)
    assert (image.width, image.height, image.title) == (3, 2, "")
    assert image.get(1, 1) == Pixel(0, 0, 0)
    image.set(1, 1, Pixel(1, 2, 3))
    assert image.get(1, 1) == Pixel(1, 2, 3)
    assert image.pixels() == bytes(12) + bytes([1, 2, 3]) + bytes(3)
    image.title = "Über den Wolken"
    assert image.title == "Über den Wolken"
    assert image.describe() == "Über den Wolken, 3 × 2 pixels"
    assert repr(image) == "<Image 'Über den Wolken' 3x2>"


def test_pixels_come_and_go_as_copies(connection):
    data = bytearray(range(12))
    image = Image.from_pixels(2, 2, data, connection=connection)
    data[0] = 99
    first = image.pixels()
    assert type(first) is bytes and first == bytes(range(12))
    image.set(0, 0, Pixel(7, 7, 7))
    assert first == bytes(range(12))


def test_a_blur_is_done_there(connection):
    image = Image.from_pixels(3, 1, b"\0\0\0\x30\x30\x30\0\0\0", connection=connection)
    image.blur(1)
    assert image.pixels() == b"\x18" * 3 + b"\x10" * 3 + b"\x18" * 3


def test_files_are_the_servers_and_paths_are_ours(connection, tmp_path, monkeypatch):
    image = Image(2, 2, connection=connection)
    image.title = "Tinte"
    monkeypatch.chdir(tmp_path)  # the server was started elsewhere
    image.write("relative.png")
    assert (tmp_path / "relative.png").is_file()
    assert Image.read(tmp_path / "relative.png", connection=connection).title == "Tinte"


@pytest.mark.parametrize(
    "error, code, do",
    [
        (InkError, 3, lambda image: Image(0, 7, connection=image._connection)),
        (InkError, 3, lambda image: Image.from_pixels(2, 2, b"x", connection=image._connection)),
        (InkError, 4, lambda image: image.get(2, 0)),
        (InkError, 2, lambda image: setattr(image, "title", "a\0b")),
        (InkError, 2, lambda image: setattr(image, "title", "\udcff")),
        (InkIOError, 7, lambda image: image.write("/no/such/folder/x.png")),
        (OSError, 7, lambda image: Image.read("/no/such.png", connection=image._connection)),
        (InkError, 102, lambda image: image._connection.call(title=99)),
        (InkError, 100, lambda image: image._connection.call()),
        (InkError, 100, lambda image: image._connection.call(luma={"r": 256})),
    ],
)
def test_a_refusal_has_the_servers_number_and_words(connection, error, code, do):
    image = Image(2, 2, connection=connection)
    with pytest.raises(error) as caught:
        do(image)
    assert caught.value.code == code and str(caught.value)
    assert image.title == ""  # and the connection goes on


def test_a_lone_surrogate_is_the_cause(connection):
    with pytest.raises(InkError) as caught:
        Image(1, 1, connection=connection).title = "\udcff"
    assert isinstance(caught.value.__cause__, UnicodeEncodeError)


@pytest.mark.parametrize("wrong, error", [(-1, OverflowError), (2**32, OverflowError), (1.5, TypeError), ("1", TypeError)])
def test_a_number_that_fits_no_field_is_refused_here(connection, wrong, error):
    with pytest.raises(error):
        Image(wrong, 1, connection=connection)
    with pytest.raises(error):
        Image(1, 1, connection=connection).blur(wrong)
    with pytest.raises(error):
        Pixel(wrong, 0, 0)


def test_a_pixel_is_a_value():
    pixel = Pixel(r=1, g=2, b=3)
    assert repr(pixel) == "Pixel(r=1, g=2, b=3)"
    assert pixel != (1, 2, 3) and hash(pixel) == hash(Pixel(1, 2, 3))
    assert pickle.loads(pickle.dumps(pixel)) == copy.copy(pixel) == pixel
    with pytest.raises(AttributeError):
        pixel.r = 5
    assert Pixel(255, 255, 255).luma() == 255


def test_errors_can_be_pickled():
    for error in [InkError("spilt", 3), InkIOError("no disk", 7)]:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.code) == (type(error), str(error), error.code)


def test_an_image_is_freed_when_it_goes(connection):
    def live():
        return live_allocations(connection=connection)

    image = Image(2, 2, connection=connection)
    assert live() == 1
    del image
    gc.collect()
    assert live() == 0
    with Image(2, 2, connection=connection) as image:
        assert live() == 1
    assert live() == 0 and image.closed and repr(image) == "<Image closed>"
    image.close()
    for use in [image.describe, lambda: image.width, lambda: image.get(0, 0), image.__enter__]:
        with pytest.raises(ValueError, match="the image is closed"):
            use()


def test_an_image_that_goes_in_the_middle_of_a_call_waits_for_nothing(connection):
    """The collector may run while this very thread holds the lock."""
    image = Image(2, 2, connection=connection)
    with connection._lock:
        del image
        gc.collect()
    assert live_allocations(connection=connection) == 0


def test_images_die_with_their_connection():
    from ink_protobuf import Connection, ServerDied

    connection = Connection()
    image = Image(2, 2, connection=connection)
    connection.close()
    connection.close()
    with pytest.raises(ServerDied, match="closed"):
        image.title
    image.close()


def test_the_bytes_that_move_are_counted(connection):
    image = Image(100, 100, connection=connection)
    sent, received = connection.sent, connection.received
    image.blur(1)
    assert connection.sent - sent < 20 and connection.received - received < 20
    image.pixels()
    assert 30_000 < connection.received - received < 30_100


def test_the_default_server_ends_with_python():
    script = "import ink_protobuf as ink\nimage = ink.Image(2, 2)\nprint(ink.connect().pid)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=environment, capture_output=True, text=True, timeout=120,
    )
    assert ran.returncode == 0 and ran.stderr == "", ran.stderr
    with pytest.raises(ProcessLookupError):
        os.kill(int(ran.stdout), 0)


def test_the_server_is_found_where_pip_puts_it(tmp_path):
    from ink_protobuf import _server

    package = Path(_server.__file__).parent
    shutil.copytree(package, tmp_path / "ink_protobuf")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "ink-server").touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    environment.pop("INK_SERVER", None)
    script = "from ink_protobuf import _server; print(_server.find(), end='')"
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert found.stdout == str(tmp_path / "bin" / "ink-server"), found.stderr


def test_one_server_serves_those_who_name_none():
    assert Image(1, 1)._connection is connect() is connect()
