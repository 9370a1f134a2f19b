"""A NumPy array for a C function that is called through ctypes."""

import ctypes
import math
import weakref
from ctypes import POINTER, c_double, c_size_t, c_void_p

import lab
import numpy

lab.time("empty", "pass")


def declared(path, name, *argtypes):
    """The function, with types of its own: each `CDLL` has its own function objects."""
    function = getattr(ctypes.CDLL(path), name)
    function.restype = c_double
    if argtypes:
        function.argtypes = argtypes
    return function


path = lab.library(
    "vectors",
    for_series="pointer undeclared address checked kept way ways same c numpy".split(),
)
if path:
    array = numpy.arange(1.0, 11.0)
    total = 55.0

    # ANCHOR: four_declarations
    undeclared = declared(path, "total")
    by_pointer = declared(path, "total", POINTER(c_double), c_size_t)
    by_address = declared(path, "total", c_void_p, c_size_t)
    checked_array = numpy.ctypeslib.ndpointer(numpy.float64, ndim=1, flags="C_CONTIGUOUS")
    checked = declared(path, "total", checked_array, c_size_t)
    # ANCHOR_END: four_declarations

    lab.fact("pointer_given_array", lab.raised(by_pointer, array, 10))
    lab.fact("undeclared_given_array", lab.raised(undeclared, array, 10))
    lab.fact("address_given_array", lab.raised(by_address, array, 10))

    # ANCHOR: ways_that_work
    ways = {
        "checked": lambda: checked(array, 10),
        "data_as": lambda: by_pointer(array.ctypes.data_as(POINTER(c_double)), 10),
        "data": lambda: by_address(array.ctypes.data, 10),
        "borrowed": lambda: by_pointer((c_double * 10).from_buffer(array), 10),
    }
    # ANCHOR_END: ways_that_work
    lab.fact("ways_agree", all(way() == total for way in ways.values()))

    # ANCHOR: wrong_arrays
    integers = numpy.arange(1, 11)
    every_other = numpy.repeat(array, 2)[::2]

    lab.fact("checked_integers", lab.raised(checked, integers, 10))
    lab.fact("checked_every_other", lab.raised(checked, every_other, 10))
    lab.fact("address_of_integers", by_address(integers.ctypes.data, 10))
    lab.fact("address_of_every_other", by_address(every_other.ctypes.data, 10))
    # ANCHOR_END: wrong_arrays

    def kept_by(take):
        """Whether what `take` returns keeps the array alive that it was taken from."""
        array = numpy.zeros(3)
        alive = weakref.ref(array)
        taken = take(array)
        del array
        return alive() is not None and taken is not None

    lab.fact("kept_by_address", kept_by(lambda array: array.ctypes.data))
    lab.fact("kept_by_data_as", kept_by(lambda a: a.ctypes.data_as(POINTER(c_double))))

    names = {"array": array, "double_p": POINTER(c_double), "ten": c_double * 10}
    pointer = array.ctypes.data_as(POINTER(c_double))
    # Each once as one would write it in a loop; the last two are made before the loop.
    for way, function, statement in [
        ("checked", checked, "total(array, 10)"),
        ("data_as", by_pointer, "total(array.ctypes.data_as(double_p), 10)"),
        ("data", by_address, "total(array.ctypes.data, 10)"),
        ("borrowed", by_pointer, "total(ten.from_buffer(array), 10)"),
        ("kept_pointer", by_pointer, "total(pointer, 10)"),
        ("kept_address", by_address, "total(address, 10)"),
    ]:
        lab.time(
            f"way_{way}", statement, total=function, pointer=pointer,
            address=array.ctypes.data, **names,
        )
    # For comparison: NumPy's own sum, and a compiled binding that borrows the memory.
    lab.time("numpy_ten", "array.sum()", array=array)
    if tally := lab.module("tally_fastcall", for_series=["capi_ten"]):
        lab.time("capi_ten", "total(array)", total=tally.total_buffer, array=array)

    # The same loops in the library and in NumPy, so long that a call is nothing beside them.
    library = ctypes.CDLL(path)
    library.scale.argtypes = [c_void_p, c_size_t, c_double]
    library.scale.restype = None
    library.first_above.argtypes = [c_void_p, c_size_t, c_double]
    library.first_above.restype = c_size_t
    n = 300_000
    a = numpy.full(n, 0.1)
    names = {"a": a, "at": a.ctypes.data, "n": n}
    lab.time("c_total", "total(at, n)", per=n, total=by_address, **names)
    lab.time("numpy_total", "a.sum()", per=n, **names)
    lab.time("c_scale", "scale(at, n, 1.0)", per=n, scale=library.scale, **names)
    lab.time("numpy_scale", "scale(a, 1.0, a)", per=n, scale=numpy.multiply, **names)
    # What is searched for stands near the beginning.
    found = numpy.full(n, 0.1)
    found[n // 100] = 1.0
    names = {"a": found, "at": found.ctypes.data, "n": n}
    lab.time("c_search", "first_above(at, n, 0.5)", first_above=library.first_above, **names)
    lab.time("numpy_search", "(a > 0.5).argmax()", **names)
    there = library.first_above(found.ctypes.data, n, 0.5)
    lab.fact("same_place", there == int((found > 0.5).argmax()))
    exact = math.fsum(a)
    lab.fact("c_is_off", abs(by_address(a.ctypes.data, n) - exact))
    lab.fact("numpy_is_off", abs(float(a.sum()) - exact))
