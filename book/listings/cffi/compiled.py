"""What the listings of the lesson share: a module compiled and imported.

They need cffi, as the private environment of this workbook has it.
"""

import importlib.util
import tempfile

from cffi import FFI


def compiled(name, cdef):
    """The module that cffi compiles for these declarations of `<time.h>`."""
    # ANCHOR: api_mode
    ffi = FFI()
    ffi.cdef(cdef)
    ffi.set_source(name, "#include <time.h>")
    with tempfile.TemporaryDirectory() as folder:
        path = ffi.compile(tmpdir=folder)
        # ANCHOR_END: api_mode
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module
