"""A C++ class through tools that speak C."""

import ctypes
import pathlib
import re
import runpy
import weakref

import lab
from cffi import FFI


def functions(path):
    """The library with its types declared, from the wrapper's header."""
    # ANCHOR: ctypes_holds_a_pointer
    lib = ctypes.CDLL(path)
    pointer = ctypes.c_void_p  # an address, and ctypes knows no more
    lib.readings_new.argtypes, lib.readings_new.restype = [ctypes.c_char_p], pointer
    lib.readings_free.argtypes, lib.readings_free.restype = [pointer], None
    lib.readings_add.argtypes, lib.readings_add.restype = [pointer, ctypes.c_double], None
    lib.readings_mean.argtypes, lib.readings_mean.restype = [pointer], ctypes.c_double
    lib.readings_unit.argtypes, lib.readings_unit.restype = [pointer], ctypes.c_char_p
    # ANCHOR_END: ctypes_holds_a_pointer
    return lib


class Readings:
    """The class a third time, for Python."""

    def __init__(self, lib, unit):
        self.lib = lib
        self.pointer = lib.readings_new(unit.encode())
        # Python does not know what to do with the pointer, so it is told.
        self.end = weakref.finalize(self, lib.readings_free, self.pointer)

    def add(self, value):
        self.lib.readings_add(self.pointer, value)

    def mean(self):
        return self.lib.readings_mean(self.pointer)


def by_ctypes(path):
    lib = functions(path)
    some = Readings(lib, "mm")
    for value in range(1000):
        some.add(value)
    lab.fact("ctypes_mean", some.mean())
    lab.fact("ctypes_unit", lib.readings_unit(some.pointer).decode())
    lab.fact("ctypes_living", lib.readings_living())
    del some
    lab.fact("ctypes_living_after", lib.readings_living())


def by_cffi_without_a_compiler(path):
    ffi = FFI()
    header = (lab.here / "readings_c.h").read_text()
    ffi.cdef(declarations(header))
    lib = ffi.dlopen(path)
    some = ffi.gc(lib.readings_new(b"mm"), lib.readings_free)
    for value in range(1000):
        lib.readings_add(some, value)
    lab.fact("abi_mean", lib.readings_mean(some))
    lab.fact("abi_unit", ffi.string(lib.readings_unit(some)).decode())
    lab.fact("abi_living", lib.readings_living())
    del some
    lab.fact("abi_living_after", lib.readings_living())


def declarations(header):
    """What stands between the two brackets for C++, which is all plain C."""
    return header.split("#endif", 1)[1].split("#ifdef __cplusplus", 1)[0]


def by_cffi_as_cpp(module):
    ffi, lib = module.ffi, module.lib
    some = ffi.gc(lib.make(b"mm"), lib.end)
    for value in range(1000):
        lib.add(some, value)
    lab.fact("api_mean", lib.mean(some))
    lab.fact("api_living", lib.living())
    del some
    lab.fact("api_living_after", lib.living())
    lab.fact("api_inline", lib.twice(4.0))
    lab.fact("api_template", lib.larger(3, 4))


def what_is_written_for_the_compiler():
    """The name of the file that CFFI hands to the compiler: its ending says which one."""
    builder = runpy.run_path(str(lab.here / "readings_build.py"))["ffibuilder"]
    extension = builder.distutils_extension(str(lab.scratch))
    lab.fact("written_file", pathlib.Path(extension.sources[0]).name)


def what_cdef_understands():
    def cdef(text):
        return lab.raised(FFI().cdef, text)

    lab.fact("cdef_class", cdef("class Readings { public: double mean() const; };"))
    lab.fact("cdef_vector", cdef("double mean(std::vector<double> values);"))
    lab.fact("cdef_reference", cdef("double mean(const double &value);"))


def by_mangled_names(path):
    # ANCHOR: names_that_cpp_made
    lib = ctypes.CDLL(path)
    # kind_of(int) and kind_of(double) are two names, and both are there.
    lab.fact("mangled_int", lib["_Z7kind_ofi"](3))
    lab.fact("mangled_double", lib["_Z7kind_ofd"](ctypes.c_double(3)))
    # A method is a function whose first argument is the object.
    mean = lib["_ZNK8Readings4meanEv"]
    mean.argtypes, mean.restype = [ctypes.c_void_p], ctypes.c_double
    # ANCHOR_END: names_that_cpp_made
    some = Readings(functions(path), "mm")
    some.add(3)
    some.add(4)
    lab.fact("mangled_method", mean(some.pointer))
    lab.fact("mangled_template", lib["_Z7largestIiET_S0_S0_"](3, 4))
    # ANCHOR: no_such_symbol
    lab.fact("absent_inline", lab.raised(lambda: lib["_Z5twiced"]))
    lab.fact("absent_template", lab.raised(lambda: lib["_Z7largestIdET_S0_S0_"]))
    lab.fact("absent_inline_method", lab.raised(lambda: lib["_ZNK8Readings4unitEv"]))
    # ANCHOR_END: no_such_symbol
    lib.c_twice.argtypes, lib.c_twice.restype = [ctypes.c_double], ctypes.c_double
    lab.fact("wrapped_inline", lib.c_twice(4))


def how_much_is_written():
    wrapper = (lab.here / "readings_c.cpp").read_text()
    lines = [line for line in wrapper.splitlines() if re.match(r"\w.*\breadings_\w+\(", line)]
    lab.fact("wrapper_functions", len(lines))
    lab.fact("wrapper_one_line_each", all(line.rstrip().endswith("}") for line in lines))


names = ["ctypes", "abi", "mangled", "absent", "wrapped"]
if path := lab.library("readings", for_series=names):
    by_ctypes(path)
    by_cffi_without_a_compiler(path)
    by_mangled_names(path)
if module := lab.module("readings_cffi", for_series=["api"]):
    by_cffi_as_cpp(module)
what_is_written_for_the_compiler()
what_cdef_understands()
how_much_is_written()
