"""Images, bound with cffi in API mode: what `native/pixels.h` declares."""

import importlib.util
from pathlib import Path

from cffi import FFI

# The structs are written out in full, as the header has them. With `...;` as
# the last field, or with less than all fields before it, cffi would ask the
# compiler for the offsets and go along with a header that gained a field. Here
# such a header is rather to be looked at by somebody.
CDEF = """
    typedef struct {
        unsigned char r, g, b;
    } pixel_t;

    typedef struct {
        pixel_t *pixels;
        uint32_t width;
        uint32_t height;
        pixel_t background;
        double gamma;
    } image_t;

    image_t *image_new(uint32_t width, uint32_t height, double gamma);
    void image_free(image_t *image);
    void image_fill(image_t *image, pixel_t colour);
    size_t image_count(const image_t *image, pixel_t colour);
"""


def build(native, folder):
    """Compiles a module over `native/pixels.c` into `folder`; returns its path."""
    ffi = FFI()
    ffi.cdef(CDEF)
    # The header itself and not a copy of the declarations: what the compiler
    # reads here is what it compares the `cdef` with.
    ffi.set_source(
        "_pixels",
        '#include "pixels.h"',
        sources=[str(Path(native, "pixels.c"))],
        include_dirs=[str(native)],
    )
    return ffi.compile(tmpdir=str(folder))


def load(path):
    """The binding that `build` left at `path`; it has the attributes `ffi` and `lib`."""
    # By its path, and not by way of `sys.path`: the folder may be any, and an
    # entry that stays in `sys.path` would be searched for every later import.
    spec = importlib.util.spec_from_file_location("_pixels", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def describe(binding, image):
    """The width, the height and the gamma of an image."""
    return image.width, image.height, image.gamma


def pixels(binding, image):
    """The bytes of all pixels of an image, row by row: its own memory."""
    # `ffi.buffer` needs the size: a `pixel_t *` points to one pixel, as far as
    # anybody can tell. The memory is C's, so the view cannot keep it alive;
    # whoever frees the image must not use the view again.
    size = image.width * image.height * binding.ffi.sizeof("pixel_t")
    return binding.ffi.buffer(image.pixels, size)
