"""Images, bound with cffi: what somebody remembers of `native/pixels.h`."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

from cffi import FFI

CDEF = """
    typedef struct {
        unsigned char r, g, b;
    } pixel_t;

    typedef struct {
        pixel_t *pixels;
        uint32_t width;
        uint32_t height;
        double gamma;
    } image_t;

    image_t *image_new(uint32_t width, uint32_t height, double gamma);
    void image_free(image_t *image);
    void image_fill(image_t *image, pixel_t colour);
    size_t image_count(const image_t *image, pixel_t colour);
"""


# TODO: API mode. `build` lets cffi compile a module, `load` imports it.
def build(native, folder):
    """Compiles `native/pixels.c` into `folder`; returns the path of what came of it."""
    library = str(Path(folder, "libpixels.so"))
    source = str(Path(native, "pixels.c"))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def load(path):
    """The binding that `build` left at `path`; it has the attributes `ffi` and `lib`."""
    ffi = FFI()
    ffi.cdef(CDEF)
    return SimpleNamespace(ffi=ffi, lib=ffi.dlopen(path))


def describe(binding, image):
    """The width, the height and the gamma of an image."""
    return image.width, image.height, image.gamma


def pixels(binding, image):
    """The bytes of all pixels of an image, row by row."""
    # TODO: the image's own memory instead of a copy.
    size = image.width * image.height * binding.ffi.sizeof("pixel_t")
    return bytes(binding.ffi.buffer(image.pixels, size))
