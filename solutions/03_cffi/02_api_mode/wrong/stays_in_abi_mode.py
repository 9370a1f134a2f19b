# wrong: mends the struct by hand and goes on opening the library, so nobody compares the two
# caught-by: never_misreads_another_header
# says: took another header without a word
# caught-by: compiles_an_extension_module
# says: `build` made no Python module

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
        pixel_t background;
        double gamma;
    } image_t;

    image_t *image_new(uint32_t width, uint32_t height, double gamma);
    void image_free(image_t *image);
    void image_fill(image_t *image, pixel_t colour);
    size_t image_count(const image_t *image, pixel_t colour);
"""


def build(native, folder):
    library = str(Path(folder, "libpixels.so"))
    source = str(Path(native, "pixels.c"))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def load(path):
    ffi = FFI()
    ffi.cdef(CDEF)
    return SimpleNamespace(ffi=ffi, lib=ffi.dlopen(path))


def describe(binding, image):
    return image.width, image.height, image.gamma


def pixels(binding, image):
    size = image.width * image.height * binding.ffi.sizeof("pixel_t")
    return binding.ffi.buffer(image.pixels, size)
