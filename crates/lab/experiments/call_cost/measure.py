"""`add(3, 4)` and `noop()` through every tool."""

import ctypes
import operator

import lab

lab.time("empty", "pass")
lab.time("inline", "a + b", a=3, b=4)
lab.time("operator_add", "add(3, 4)", add=operator.add)


def python_add(a, b):
    return a + b


def python_noop():
    pass


lab.time("python", "add(3, 4)", add=python_add)
lab.time("python_noop", "noop()", noop=python_noop)

# Modules whose functions Python finds like those of any other module.
for tool in ["fastcall", "limited", "ffi", "pyo3", "cython", "nanobind", "pybind11", "boost"]:
    if module := lab.module(f"tally_{tool}", for_series=[tool]):
        lab.time(tool, "add(3, 4)", add=module.add)
        lab.time(f"{tool}_noop", "noop()", noop=module.noop)

if module := lab.module("tally_fastcall", for_series=["varargs"]):
    lab.time("varargs", "add(3, 4)", add=module.add_varargs)
    lab.time("varargs_noop", "noop()", noop=module.noop_varargs)

# SWIG writes two: a proxy in Python, and the module in C++ that the proxy calls.
if proxy := lab.module("tally_swig", for_series=["swig"]):
    lab.time("swig_proxy", "add(3, 4)", add=proxy.add)
    lab.time("swig_proxy_noop", "noop()", noop=proxy.noop)
    lab.time("swig_direct", "add(3, 4)", add=proxy._tally_swig.add)
    lab.time("swig_direct_noop", "noop()", noop=proxy._tally_swig.noop)

# CFFI in API mode: a C compiler has made a module.
if module := lab.module("tally_cffi", for_series=["cffi"]):
    lab.time("cffi", "add(3, 4)", add=module.lib.tally_add)
    lab.time("cffi_fetched", "lib.tally_add(3, 4)", lib=module.lib)
    lab.time("cffi_noop", "noop()", noop=module.lib.tally_noop)
    lab.time("cffi_noop_fetched", "lib.tally_noop()", lib=module.lib)

path = lab.library("tally", for_series=["cffi_abi", "ctypes"])

# CFFI in ABI mode: libffi makes each call, by the declaration that it is given here.
if path:
    from cffi import FFI

    ffi = FFI()
    ffi.cdef("long tally_add(long a, long b); void tally_noop(void);")
    lib = ffi.dlopen(path)
    lab.time("cffi_abi", "add(3, 4)", add=lib.tally_add)
    lab.time("cffi_abi_fetched", "lib.tally_add(3, 4)", lib=lib)
    lab.time("cffi_abi_noop", "noop()", noop=lib.tally_noop)
    lab.time("cffi_abi_noop_fetched", "lib.tally_noop()", lib=lib)

# ANCHOR: ways_to_call_by_ctypes
if path:
    typed = ctypes.CDLL(path)
    typed.tally_add.argtypes = [ctypes.c_long, ctypes.c_long]
    typed.tally_add.restype = ctypes.c_long
    typed.tally_noop.argtypes = []
    typed.tally_noop.restype = None
    untyped = ctypes.CDLL(path)

    # The function is in a variable, looked up as an attribute, or made anew each time.
    lab.time("ctypes_typed", "add(3, 4)", add=typed.tally_add)
    lab.time("ctypes_typed_fetched", "lib.tally_add(3, 4)", lib=typed)
    lab.time("ctypes_untyped", "add(3, 4)", add=untyped.tally_add)
    lab.time("ctypes_untyped_fetched", "lib.tally_add(3, 4)", lib=untyped)
    lab.time("ctypes_by_item", "lib['tally_add'](3, 4)", lib=untyped)
    lab.time("ctypes_noop", "noop()", noop=typed.tally_noop)
    lab.time("ctypes_noop_fetched", "lib.tally_noop()", lib=typed)
# ANCHOR_END: ways_to_call_by_ctypes

# From C to C. One call from Python is spread over so many that it does not count.
MANY = 100_000

if module := lab.module("c_to_c", for_series=["cython_to_c"]):
    lab.time("cython_to_c", "loop(many)", per=MANY, loop=module.call_many, many=MANY)

if path := lab.library("c_side", for_series=["c_to_c", "c_seen", "work", "idle"]):
    c = ctypes.CDLL(path)
    lab.time("c_to_c", "loop(many)", per=MANY, loop=c.call_many, many=MANY)
    # A compiler that sees the function leaves no loop, so this can be all of them.
    lab.time("c_seen", "loop(many)", per=100_000_000, loop=c.see_many, many=100_000_000)

    # ANCHOR: subtract_the_empty_call
    for function in (c.work, c.idle):
        function.argtypes = [ctypes.c_long, ctypes.c_long]
        function.restype = ctypes.c_long
    for steps in (160, 4000):
        lab.time(f"work_{steps}", "work(3, steps)", work=c.work, steps=steps)
        lab.time(f"idle_{steps}", "idle(3, steps)", idle=c.idle, steps=steps)
        # The same work in a loop of C, to see whether the difference is right.
        lab.time(f"work_in_c_{steps}", "loop(100, steps)", per=100, loop=c.work_many, steps=steps)
    # ANCHOR_END: subtract_the_empty_call
