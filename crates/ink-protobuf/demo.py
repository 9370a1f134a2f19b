"""`demo.py OUT`: what a process border costs, and what it is good for."""

import os
import sys
from pathlib import Path

import from_source

try:
    import google.protobuf
except ImportError:
    sys.exit(
        f"error: `{sys.executable}` has no module `google.protobuf`\n\n"
        "hint: run `cargo bindery demo protobuf`, which uses a Python that has it"
    )

from_source.build()

from ink_protobuf import Connection, Image, InkError, Pixel, ServerDied, live_allocations


def tell(word, what):
    print(f"{word:>9}  {what}", flush=True)


def cost(connection, what):
    """Says how many bytes went there and came back while `what` was done."""
    sent, received = connection.sent, connection.received
    result = what()
    return result, f"{connection.sent - sent} bytes there, {connection.received - received} back"


def ripple(x, y):
    """Rings on water, which meet."""
    first, second = (x - 110) ** 2 + (y - 150) ** 2, (x - 330) ** 2 + (y - 90) ** 2
    wave = (first**0.5 % 34 + second**0.5 % 34) / 68
    return int(30 + 60 * wave), int(70 + 130 * wave), int(110 + 140 * wave)


def main(out):
    width, height = 480, 320
    with Connection(may_crash=True) as connection:
        tell("started", f"a server, process {connection.pid}; this is process {os.getpid()}")
        tell("learned", f"its messages from itself, in {connection.received} bytes")

        image, bytes_moved = cost(connection, lambda: Image(4, 4, connection=connection))
        tell("new", bytes_moved)
        _, bytes_moved = cost(connection, lambda: image.set(1, 1, Pixel(255, 0, 0)))
        tell("set", f"{bytes_moved}, for one pixel: a callback for each would be this, each time")

        data = bytes(n for y in range(height) for x in range(width) for n in ripple(x, y))
        make = lambda: Image.from_pixels(width, height, data, connection=connection)
        picture, bytes_moved = cost(connection, make)
        tell("pixels", f"{bytes_moved}: the picture itself, copied")
        picture.title = "Rings"
        picture.write(out / "before.png")
        _, bytes_moved = cost(connection, lambda: picture.blur(5))
        tell("blur", f"{bytes_moved}: what stays in the server moves nothing")
        picture.write(out / "after.png")
        copy, bytes_moved = cost(connection, picture.pixels)
        tell("pixels", f"{bytes_moved}: {type(copy).__name__}, a copy of {len(copy)} bytes")

        live = live_allocations(connection=connection)
        del image
        left = live_allocations(connection=connection)
        tell("owned", f"by the server: {live} images, and {left} after `del`")
        try:
            picture.title = "ink\0blot"
        except InkError as error:
            tell("refused", f"{error} (code {error.code})")

        try:
            connection.call(crash={})
        except ServerDied as death:
            tell("died", f"{death}; this process lives, and knows: {death.signal!r}")
        try:
            picture.title
        except ServerDied as death:
            tell("lost", f"the picture too, it was there: {picture!r}")
    tell("wrote", f"before.png and after.png in `{out}`")


if len(sys.argv) != 2:
    sys.exit("error: `demo.py` takes a folder for pictures\n\nhint: run `cargo bindery demo protobuf`")
try:
    main(Path(sys.argv[1]))
except InkError as error:
    sys.exit(f"error: {error}\n\nhint: give a folder that exists and that you may write to")
