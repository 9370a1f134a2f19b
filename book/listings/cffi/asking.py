"""What the listings about callbacks share: a C function that asks, compiled.

They need cffi, as the private environment of this workbook has it.
"""

import importlib.util
import tempfile

from cffi import FFI

# ANCHOR: a_function_that_asks
builder = FFI()
builder.cdef("""
    int ask(int (*answer)(void *user, int question), void *user, int question);
    extern "Python" int answer(void *user, int question);
""")
builder.set_source("_asking", """
    int ask(int (*answer)(void *, int), void *user, int question)
    {
        return answer(user, question);
    }
""")
# ANCHOR_END: a_function_that_asks

with tempfile.TemporaryDirectory() as folder:
    spec = importlib.util.spec_from_file_location("_asking", builder.compile(tmpdir=folder))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

ffi, lib = module.ffi, module.lib
