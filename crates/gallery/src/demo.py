"""Shows one library through one binding: a call, a string, an owner, an error, a long
computation without the GIL, and a picture.

    python demo.py MODULE OUT_FOLDER [BUILT_WITH]

It knows the API that all bindings have and nothing of how they are made. Exits with 1
when something that every binding has does not work.
"""

import importlib
import math
import os
import signal
import sys
import threading
import time
from pathlib import Path

WIDTH, HEIGHT = 400, 256
HORIZON = 168
SUN_X, SUN_Y, SUN_R = 270, 132, 34


def main():
    # Ctrl-C ends this as it ends any program, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    name, out = sys.argv[1], Path(sys.argv[2])
    try:
        ink = importlib.import_module(name)
    except ImportError as error:
        sys.exit(f"error: cannot import `{name}`: {error}\n\nhint: see whether the package's "
                 "`__init__.py` re-exports what its native module has")
    out.mkdir(parents=True, exist_ok=True)
    parts = {
        "a call": a_call,
        "a string": a_string,
        "an owner": an_owner,
        "an error": an_error,
        "a long one": a_long_computation,
        "a picture": a_picture,
    }
    failed = False
    for title, part in parts.items():
        try:
            lines = list(part(ink, out))
        except Exception as error:  # whatever a binding does wrong belongs on the screen
            lines = [f"fails: {type(error).__name__}: {error}"]
            failed = True
        for i, line in enumerate(lines):
            print(f"{title if i == 0 else '':11} {line}", flush=True)
    if not failed and shows_colour():
        show_side_by_side(ink, out)
    facts(ink, sys.argv[3] if len(sys.argv) > 3 else "")
    sys.exit(1 if failed else 0)


def a_call(ink, _out):
    pixel = ink.Pixel(255, 140, 60)
    yield f"{pixel!r}.luma() is {pixel.luma()}: a struct goes over by value"


def a_string(ink, _out):
    with ink.Image(640, 400) as image:
        image.title = "Abend über dem Meer 夕焼け"
        yield f"title is {image.title!r}"
        yield f"describe() is {image.describe()!r}"


def an_owner(ink, _out):
    before = ink.live_allocations()
    image = ink.Image(640, 400)
    during = ink.live_allocations() - before
    text = repr(image)
    image.close()
    after = ink.live_allocations() - before
    yield f"{text} is made: live_allocations() {during:+d}; closed: {after:+d}"


def an_error(ink, _out):
    with ink.Image(4, 3) as image:
        yield f"get(4, 0): {refusal(ink, lambda: image.get(4, 0))}"
    yield f"read('none.png'): {refusal(ink, lambda: ink.Image.read('none.png'))}"


def refusal(ink, call):
    try:
        call()
    except ink.InkError as error:
        also = ", an OSError too" if isinstance(error, OSError) else ""
        return f"{type(error).__name__} (code {error.code}{also}): {error}"
    raise AssertionError("nothing was raised")


def a_long_computation(ink, _out):
    """The other thread sleeps and counts: it can do so only when it gets the GIL."""
    width, height, radius = 3000, 2000, 40
    ticks, done = 0, threading.Event()

    def tick():
        nonlocal ticks
        while not done.is_set():
            time.sleep(0.001)
            ticks += 1

    image = ink.Image.from_pixels(width, height, bytes(width * height * 3))
    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    while ticks == 0:
        time.sleep(0.001)
    try:
        before = ticks
        image.blur(radius)
        meanwhile = ticks - before
    finally:
        done.set()
        thread.join()
        image.close()
    # One tick can fall between the two readings and the call.
    verdict = "went on" if meanwhile > 2 else "stood still"
    yield (f"blur of {width}x{height}: another Python thread {verdict}, "
           f"it counted {meanwhile} times meanwhile")


def a_picture(ink, out):
    image = ink.Image.from_pixels(WIDTH, HEIGHT, sky_and_sea())
    image.title = "sunset"

    def with_sun(x, y, pixel):
        colour = sun(x, y, (pixel.r, pixel.g, pixel.b))
        return ink.Pixel(*colour)

    image.map(with_sun)
    yield f"{WIDTH * HEIGHT} calls from the library into Python drew the sun"
    with image:
        image.write(out / "before.png")
        image.blur(9)
        image.write(out / "after.png")
    yield short(out / "before.png")
    yield f"{short(out / 'after.png')}, blurred"


def mix(a, b, t):
    t = min(max(t, 0.0), 1.0)
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b))


def sky_and_sea():
    """One colour a row: the picture without the sun, as the bytes of its pixels."""
    data = bytearray()
    for y in range(HEIGHT):
        if y < HORIZON:
            t = y / HORIZON
            colour = mix((24, 20, 68), (170, 52, 104), t * 1.7)
            colour = mix(colour, (255, 172, 84), (t - 0.5) * 2)
        else:
            t = (y - HORIZON) / (HEIGHT - HORIZON)
            colour = mix((150, 74, 96), (14, 16, 52), t * 1.3)
        data += bytes(colour) * WIDTH
    return bytes(data)


def sun(x, y, colour):
    """The colour at one point, with the sun, its glow and its path over the water."""
    distance = math.hypot(x - SUN_X, y - SUN_Y)
    if y < HORIZON:
        if distance < SUN_R:
            return mix((255, 248, 196), (255, 190, 92), distance / SUN_R)
        return mix(colour, (255, 186, 96), 0.75 * math.exp(-(distance - SUN_R) / 34))
    depth = y - HORIZON
    # Waves are longer the nearer they are.
    wave = math.sin(46 * math.log(1 + depth / 9) + x / 31 + 2 * math.sin(x / 57 + depth / 5))
    reach = (9 + depth * 0.42) * (0.75 + 0.25 * wave)
    shine = max(0.0, 1 - abs(x - SUN_X) / reach) ** 0.6 * (0.55 + 0.45 * wave)
    colour = mix(colour, (255, 150, 100), 0.16 * max(0.0, wave))
    return mix(colour, (255, 208, 128), shine * (1 - 0.5 * depth / (HEIGHT - HORIZON)))


def shows_colour():
    return (sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM") != "dumb")


def show_side_by_side(ink, out):
    """Two rows of pixels to a line: the upper half of a cell has one colour, the lower
    half another."""
    columns = min((os.get_terminal_size().columns - 3) // 2, 64)
    if columns < 12:
        return
    lines = max(round(columns * HEIGHT / WIDTH / 2), 1)
    print()
    with ink.Image.read(out / "before.png") as before, ink.Image.read(out / "after.png") as after:
        for line in range(lines):
            print("  ".join(cells(image, line, columns, lines) for image in (before, after)))
    print()


def cells(image, line, columns, lines):
    def at(column, row):
        x = min(int((column + 0.5) * image.width / columns), image.width - 1)
        y = min(int((row + 0.5) * image.height / (2 * lines)), image.height - 1)
        pixel = image.get(x, y)
        return f"{pixel.r};{pixel.g};{pixel.b}"

    halves = (f"\x1b[38;2;{at(c, 2 * line)};48;2;{at(c, 2 * line + 1)}m\u2580"
              for c in range(columns))
    return "".join(halves) + "\x1b[0m"


def facts(ink, built_with):
    if built_with:
        print(f"{'built with':11} {built_with}")
    library = Path(ink.__library__).resolve()
    imported = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    if any(file and Path(file).resolve() == library for file in imported):
        print(f"{'the module':11} {kilobytes([library])}, with the library in it: {short(library)}")
        return
    module = Path(ink.__file__).resolve()
    inside = module.parent.rglob("*") if module.name == "__init__.py" else [module]
    own = [f for f in inside if f.is_file() and f.suffix != ".pyc" and f.resolve() != library]
    compiled = any(f.suffix in (".so", ".dylib", ".pyd") for f in own)
    print(f"{'the module':11} {kilobytes(own)}{'' if compiled else ' of Python'}, "
          f"the library {kilobytes([library])}: {short(library)}")


def short(path):
    """As it could be typed from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def kilobytes(files):
    return f"{sum(f.stat().st_size for f in files) / 1000:.0f} kB"


if __name__ == "__main__":
    main()
