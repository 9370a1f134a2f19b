"""pixels() shows the library's own memory, without a copy."""

import ctypes
import gc

import pytest


class Buffer(ctypes.Structure):
    """The beginning of CPython's `Py_buffer`, and room for the rest."""

    _fields_ = [("buf", ctypes.c_void_p), ("rest", ctypes.c_byte * 256)]


def address(view):
    """Where a view points; ctypes itself looks only into those that can be written."""
    buffer, api = Buffer(), ctypes.pythonapi
    get, release = api.PyObject_GetBuffer, api.PyBuffer_Release
    get.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_int]
    release.argtypes, release.restype = [ctypes.c_void_p], None
    full_and_read_only = 0x11C
    assert get(view, ctypes.byref(buffer), full_and_read_only) == 0
    try:
        return buffer.buf
    finally:
        release(ctypes.byref(buffer))


def test_it_has_the_shape_of_the_picture(ink):
    image = ink.Image.from_pixels(2, 3, bytes(range(18)))
    with image.pixels() as view:
        assert type(view) is memoryview
        assert (view.shape, view.itemsize, view.nbytes) == ((3, 2, 3), 1, 18)
        assert view.readonly and view.c_contiguous
        assert view.tobytes() == bytes(range(18))


def test_two_views_point_to_the_same_place(ink):
    image = ink.Image(4, 4)
    with image.pixels() as one, image.pixels() as two:
        assert address(one) == address(two)


def test_a_change_is_seen_at_the_address(ink):
    image = ink.Image(2, 1)
    with image.pixels() as view:
        where = address(view)
    image.set(1, 0, ink.Pixel(7, 8, 9))
    assert ctypes.string_at(where, 6) == b"\x00\x00\x00\x07\x08\x09"
    with image.pixels() as view:
        assert address(view) == where
        assert view.tobytes() == b"\x00\x00\x00\x07\x08\x09"


def test_nobody_can_write_through_it(ink):
    view = ink.Image(1, 1).pixels()
    with pytest.raises(TypeError):
        view[0, 0, 0] = 1


def test_it_keeps_the_image_alive(ink):
    before = ink.live_allocations()
    view = ink.Image.from_pixels(1, 1, b"abc").pixels()
    gc.collect()
    assert ink.live_allocations() == before + 1
    assert view.tobytes() == b"abc"
    view.release()
    gc.collect()
    assert ink.live_allocations() == before


def test_pixels_come_from_any_buffer(ink):
    for data in [b"abcdef", bytearray(b"abcdef"), memoryview(b"xabcdefx")[1:7]]:
        assert ink.Image.from_pixels(2, 1, data).pixels().tobytes() == b"abcdef"


def test_numpy_is_a_buffer_like_any_other(ink):
    numpy = pytest.importorskip("numpy")
    grid = numpy.arange(12, dtype=numpy.uint8).reshape(2, 2, 3)
    image = ink.Image.from_pixels(2, 2, grid)
    with image.pixels() as view:
        array = numpy.asarray(view)
        assert (array == grid).all()
        assert array.ctypes.data == address(view)
        del array


def test_what_is_not_in_one_piece_is_refused(ink):
    with pytest.raises((BufferError, ValueError, TypeError)):
        ink.Image.from_pixels(1, 1, memoryview(b"aXbXcX")[::2])


def test_the_source_is_let_go(ink):
    source = bytearray(b"abcdef")
    image = ink.Image.from_pixels(2, 1, source)
    source.append(1)  # a BufferError if it were still held
    source[0] = 0
    assert image.get(0, 0).r == ord("a")
    with pytest.raises(ink.InkError):
        ink.Image.from_pixels(9, 9, source)
    source.append(2)
