"""A padded C struct beside the Python objects that say the same."""

import array
import ctypes
import tracemalloc

import lab

RECORDS = 50_000 if lab.quick else 200_000


class AsWritten(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_char), ("value", ctypes.c_double), ("flag", ctypes.c_char)]


class Plain:
    def __init__(self, kind, value, flag):
        self.kind = kind
        self.value = value
        self.flag = flag


class Slotted:
    __slots__ = ("kind", "value", "flag")
    __init__ = Plain.__init__


def each(make):
    """Bytes that a record takes, among many. The list that holds them is there before."""
    records = [None] * RECORDS
    tracemalloc.start()
    for i in range(RECORDS):
        # A float is an object of its own. Numbers below 257 exist once, however many
        # records refer to them: for Python this is the cheapest case.
        records[i] = make(i % 100, i + 0.5, i % 2)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size / RECORDS


lab.fact("tuple_each", each(lambda kind, value, flag: (kind, value, flag)))
lab.fact("dict_each", each(lambda kind, value, flag: {"kind": kind, "value": value, "flag": flag}))
lab.fact("object_each", each(Plain))
lab.fact("slots_each", each(Slotted))
lab.fact("large_each", each(lambda kind, value, flag: (kind + 1000, value, flag + 1000)))


def block():
    """One block of structs, as C would have it."""
    tracemalloc.start()
    made = (AsWritten * RECORDS)()
    size = tracemalloc.get_traced_memory()[0]
    del made
    tracemalloc.stop()
    return size / RECORDS


lab.fact("struct_each", block())
lab.fact("ctypes_size", ctypes.sizeof(AsWritten))
# What is in a record: two bytes and a double.
lab.fact("content", 2 * array.array("b").itemsize + array.array("d").itemsize)

if path := lab.library("mixed", for_series=["c"]):
    library = ctypes.CDLL(path)
    for name in ["size_as_written", "size_sorted", "size_packed", "offset_of_value"]:
        function = getattr(library, name)
        function.restype = ctypes.c_size_t
        lab.fact(f"c_{name}", function())
    lab.fact("ctypes_agrees", ctypes.sizeof(AsWritten) == library.size_as_written())
