"""What becomes of a wrong declaration: three of them, in both modes.

    INK_PREFIX=<ink's prefix> python wrong_cdef.py

Each line changes one thing in what `ink.h` says, and asks for the same answer. ABI mode never
notices. API mode compiles it with the header, and finds what a C compiler can find.
"""

import contextlib
import importlib
import os
import sys
import tempfile
from pathlib import Path

import cffi

RIGHT = """
typedef struct { uint8_t r, g, b; } InkPixel;
typedef struct InkImage InkImage;
uint8_t ink_pixel_luma(InkPixel pixel);
int ink_image_new(uint32_t width, uint32_t height, InkImage **out);
void ink_image_free(InkImage *image);
uint32_t ink_image_width(const InkImage *image);
"""
CHANGES = {
    "as it is": ("", ""),
    "red and blue exchanged": ("r, g, b", "b, g, r"),
    "luma takes no pixel": ("luma(InkPixel pixel)", "luma(void)"),
    "a width is a byte": ("uint32_t ink_image_width", "uint8_t ink_image_width"),
}


def answers(ffi, lib):
    """What the two functions say of red, and of an image that is 640 wide."""
    out = ffi.new("InkImage **")
    lib.ink_image_new(640, 1, out)
    image = ffi.gc(out[0], lib.ink_image_free)
    arguments = ffi.typeof(lib.ink_pixel_luma).args
    red = [ffi.new("InkPixel *", {"r": 255})[0]] if arguments else []
    return f"luma {lib.ink_pixel_luma(*red)}, width {lib.ink_image_width(image)}"


def in_abi_mode(prefix, declarations):
    ffi = cffi.FFI()
    ffi.cdef(declarations)
    return answers(ffi, ffi.dlopen(str(next((prefix / "lib").glob("*ink.*")))))


def in_api_mode(prefix, declarations, name, folder):
    ffi = cffi.FFI()
    ffi.cdef(declarations)
    ffi.set_source(
        name,
        '#include "ink.h"',
        include_dirs=[str(prefix / "include")],
        library_dirs=[str(prefix / "lib")],
        libraries=["ink"],
        extra_link_args=[f"-Wl,-rpath,{prefix / 'lib'}"],
    )
    try:
        with quiet(folder / f"{name}.log"):
            ffi.compile(tmpdir=str(folder))
        native = importlib.import_module(name)
        return answers(native.ffi, native.lib)
    except cffi.VerificationError:
        log = (folder / f"{name}.log").read_text()
        found = [line for line in log.splitlines() if "error:" in line]
        return f"refused by the compiler: {found[0].split('error: ')[1] if found else log}"
    except ImportError as error:
        return f"refused at import: {error}"
    except Exception as error:  # cffi's own, `ffi.error`, is of the module that was compiled
        return f"refused at the first use: {error}"


@contextlib.contextmanager
def quiet(log):
    """The compiler writes to the descriptors themselves, so they are turned to a file."""
    saved = [os.dup(1), os.dup(2)]
    sys.stdout.flush()
    with open(log, "w") as file:
        os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            for here, there in zip(saved, (1, 2)):
                os.dup2(here, there), os.close(here)


def main():
    if "INK_PREFIX" not in os.environ:
        sys.exit("error: cannot find ink: `INK_PREFIX` is not set\n\nhint: name its prefix there")
    prefix = Path(os.environ["INK_PREFIX"])
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        for number, (what, (old, new)) in enumerate(CHANGES.items()):
            declarations = RIGHT.replace(old, new) if old else RIGHT
            print(what)
            print("  ABI mode:", in_abi_mode(prefix, declarations))
            print("  API mode:", in_api_mode(prefix, declarations, f"n{number}", Path(folder)))


main()
