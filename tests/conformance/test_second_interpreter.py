"""The module works in a second interpreter of the process, which shares the GIL."""

# Runs in the child process. Python 3.13 takes a configuration by name, those before a flag.
MORE = """
    try:
        import _interpreters as interpreters
        def create(): return interpreters.create("legacy")
    except ImportError:
        import _xxsubinterpreters as interpreters
        def create(): return interpreters.create(isolated=False)

    def run(id, code):
        failure = interpreters.run_string(id, code)
        if failure is not None:
            raise RuntimeError(failure.formatted)

    setup = f"import sys; sys.path[:] = {sys.path!r}; import {ink.__name__} as ink" + chr(10)
"""

WORK = '''
image = ink.Image.from_pixels(2, 1, b"abcdef")
image.map(lambda x, y, pixel: ink.Pixel(pixel.b, pixel.g, pixel.r))
image.blur(1)
try:
    image.get(9, 9)
except ink.InkError as error:
    assert error.code == 4
else:
    raise AssertionError("nothing raised")
assert repr(ink.Pixel(1, 2, 3)) == "Pixel(r=1, g=2, b=3)"
del image
'''


def test_it_works_there_and_here(fresh):
    fresh.run(
        MORE
        + f"""
    image = ink.Image(2, 2)
    for _ in range(3):
        other = create()
        run(other, setup + {WORK!r})
        interpreters.destroy(other)
    image.blur(1)
    assert image.get(0, 0) == ink.Pixel(0, 0, 0)
    """
    )


def test_its_types_are_its_own(fresh):
    fresh.run(
        MORE
        + """
    other = create()
    run(other, setup + f"assert id(ink.Image) != {id(ink.Image)}, 'one type in two interpreters'")
    run(other, f"assert id(ink.InkError) != {id(ink.InkError)}, 'one type in two interpreters'")
    interpreters.destroy(other)
    assert ink.Image(1, 1).width == 1
    """
    )
