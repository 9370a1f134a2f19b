"""quire, bound with cffi in API mode."""

# ANCHOR: cffi_reads_the_header
import importlib.util
import os
import sysconfig
import tempfile
from pathlib import Path

from cffi import FFI

_here = Path(__file__).parent

DECLARATIONS = """
    int32_t quire_sheets(int32_t pages);
    char *quire_spine(const char *title);
    void quire_text_free(char *text);

    typedef struct quire_block quire_block;
    quire_block *quire_block_new(int32_t at_most);
    int32_t quire_block_sheets(const quire_block *block);
    void quire_block_free(quire_block *block);
    int32_t quire_blocks_alive(void);

    int32_t quire_block_sew(quire_block *block, int32_t sheets);
    const char *quire_error(int32_t code);
    uint64_t quire_foldings(int32_t leaves);
"""

_builder = FFI()
_builder.cdef(DECLARATIONS)
_builder.set_source(
    "_quire",
    '#include "quire.h"',
    sources=[str(_here / "quire.c")],
    include_dirs=[str(_here)],
)
# ANCHOR_END: cffi_reads_the_header


# ANCHOR: cffi_compiles_it
def _compiled():
    """The module, compiled the first time and imported from then on."""
    path = _here / ("_quire" + sysconfig.get_config_var("EXT_SUFFIX"))
    if not path.exists():
        # In a folder apart, and then moved: nobody ever imports half a module.
        with tempfile.TemporaryDirectory(dir=_here) as folder:
            os.replace(_builder.compile(tmpdir=folder), path)
    spec = importlib.util.spec_from_file_location("_quire", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_quire = _compiled()
ffi, lib = _quire.ffi, _quire.lib
# ANCHOR_END: cffi_compiles_it


# ANCHOR: cffi_a_call
sheets = lib.quire_sheets
# ANCHOR_END: cffi_a_call


# ANCHOR: cffi_a_string
def spine(title):
    """What goes on the spine."""
    if "\0" in title:
        raise ValueError("a title holds no NUL character")
    text = lib.quire_spine(title.encode())
    if not text:
        raise MemoryError
    with ffi.gc(text, lib.quire_text_free):
        return ffi.string(text).decode()
# ANCHOR_END: cffi_a_string


# ANCHOR: cffi_an_error
def _check(code):
    """Stands around each call that returns a code."""
    if code < 0:
        raise ValueError(ffi.string(lib.quire_error(code)).decode())
# ANCHOR_END: cffi_an_error


# ANCHOR: cffi_a_struct_with_an_owner
class Block:
    """The block of a book. Its pointer owns the one in C."""

    def __init__(self, at_most):
        block = lib.quire_block_new(at_most)
        if not block:
            raise MemoryError
        self._block = ffi.gc(block, lib.quire_block_free)

    def sew(self, sheets):
        """Sews more sheets to it."""
        _check(lib.quire_block_sew(self._block, sheets))

    @property
    def sheets(self):
        """How many it has."""
        return lib.quire_block_sheets(self._block)


blocks_alive = lib.quire_blocks_alive
# ANCHOR_END: cffi_a_struct_with_an_owner


# ANCHOR: cffi_a_long_computation
foldings = lib.quire_foldings  # other threads run meanwhile
# ANCHOR_END: cffi_a_long_computation
