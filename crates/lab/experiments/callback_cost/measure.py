"""`call(callback, times)` through every tool: what one time costs."""

import ctypes

import lab

MANY = 1000


def nothing(i):
    pass


def python_call(callback, times):
    for i in range(times):
        callback(i)


def clock(name, call, callback=nothing):
    lab.time(name, "call(callback, many)", per=MANY, call=call, callback=callback, many=MANY)


clock("python", python_call)

# These give C a function of theirs and, as its `data`, the Python object to call.
for tool in ["fastcall", "limited", "ffi", "pyo3", "cython", "nanobind", "pybind11", "boost", "swig"]:
    if module := lab.module(f"tally_{tool}", for_series=[tool]):
        clock(tool, module.call)

# CFFI in API mode: one C function for all callbacks. What is passed through C as `data` is
# a handle, and whoever makes it must keep it while C may use it.
if module := lab.module("tally_cffi", for_series=["cffi"]):
    ffi, lib = module.ffi, module.lib

    @ffi.def_extern()
    def call_back(i, data):
        ffi.from_handle(data)(i)
        return 0

    def cffi_call(callback, times):
        handle = ffi.new_handle(callback)
        lib.tally_call(lib.call_back, handle, times)

    clock("cffi", cffi_call)

# ctypes: libffi writes a new C function at run time, for this one callback.
if path := lab.library("tally", for_series=["ctypes", "cffi_abi"]):
    signature = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_long, ctypes.c_void_p)
    call = ctypes.CDLL(path).tally_call
    call.argtypes = [signature, ctypes.c_void_p, ctypes.c_long]

    def returns_zero(i, data):
        return 0

    written = signature(returns_zero)
    clock("ctypes", lambda callback, times: call(callback, None, times), written)

# CFFI in ABI mode does what ctypes does.
if path:
    from cffi import FFI

    abi = FFI()
    abi.cdef("int tally_call(int (*callback)(long i, void *data), void *data, long times);")
    library = abi.dlopen(path)
    made = abi.callback("int(long, void *)", returns_zero)
    clock("cffi_abi", lambda callback, times: library.tally_call(callback, abi.NULL, times), made)
