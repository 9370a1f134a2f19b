# wrong: calls `set_source` with None, which writes a Python file and stays in ABI mode
# caught-by: compiles_an_extension_module
# says: a Python file: `set_source` was given no C source
# caught-by: never_misreads_another_header
# says: has no attribute 'lib'

import importlib.util
from pathlib import Path

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
    ffi = FFI()
    ffi.cdef(CDEF)
    ffi.set_source(
        "_pixels",
        None,
    )
    return ffi.compile(tmpdir=str(folder))


def load(path):
    spec = importlib.util.spec_from_file_location("_pixels", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def describe(binding, image):
    return image.width, image.height, image.gamma


def pixels(binding, image):
    size = image.width * image.height * binding.ffi.sizeof("pixel_t")
    return binding.ffi.buffer(image.pixels, size)
