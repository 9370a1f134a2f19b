"""What the wheel's build compiles for API mode: `ink_cffi_api/_native`.

cffi writes a C file from these declarations. It includes the real header, so the compiler
sees both, and what the two do not agree on is an error here and not a crash later.
"""

import runpy

import cffi
import ink_config

# Run and not imported: an import would leave its bytecode beside the source.
DECLARATIONS = runpy.run_path("src/_ink_cffi/declarations.py")["DECLARATIONS"]

builder = cffi.FFI()
builder.cdef(DECLARATIONS)
# Two functions that C can call, and Python fills in with `def_extern`. They are compiled: no
# machine code is made at run time, as a callback in ABI mode is.
builder.cdef("""
extern "Python" int ink_cffi_visit(uint32_t, uint32_t, InkPixel *, void *);
extern "Python" void ink_cffi_ring(void *);
""")
builder.set_source(
    "ink_cffi_api._native",
    '#include "ink.h"',
    include_dirs=[ink_config.INCLUDE],
    library_dirs=[ink_config.LIB],
    libraries=["ink"],
    extra_compile_args=["-Wall", "-Wextra"],
    extra_link_args=ink_config.LINK,
)
