"""General statements about two languages in one process, one at a time."""

import array
import ctypes
import ctypes.util
import gc
import os
import pathlib
import sys
import weakref

import lab
import numpy
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


class Thing:
    """A Python object that can be watched."""


def a_library_that_knows_no_python():
    # ANCHOR: nothing_was_built
    maths = ctypes.CDLL(ctypes.util.find_library("m"))
    maths.sqrt.argtypes, maths.sqrt.restype = [ctypes.c_double], ctypes.c_double
    lab.fact("existing_sqrt", maths.sqrt(2.0) == 2.0**0.5)
    # ANCHOR_END: nothing_was_built
    # The one library of C's that surely runs where we do knows our process's number.
    lab.fact("existing_same_process", ctypes.CDLL(None).getpid() == os.getpid())
    file = pathlib.Path(sys.executable)
    lab.fact("existing_program", lab.raised(ctypes.CDLL, str(file)))


def who_frees_what(path):
    things = ctypes.CDLL(path)
    things.thing_new.restype = ctypes.POINTER(ctypes.c_int)
    things.thing_free.argtypes = [ctypes.POINTER(ctypes.c_int)]
    things.thing_free.restype = None
    # ANCHOR: counted_and_not_collected
    gc.disable()
    thing = Thing()
    watched = weakref.ref(thing)
    del thing
    lab.fact("freed_at_once", watched() is None)

    thing = Thing()
    thing.itself = thing
    watched = weakref.ref(thing)
    del thing
    lab.fact("freed_cycle", watched() is None)
    gc.collect()
    lab.fact("freed_cycle_later", watched() is None)
    # ANCHOR_END: counted_and_not_collected
    gc.enable()
    # ANCHOR: an_address_is_no_owner
    pointer = things.thing_new()
    pointer.contents.value = 5
    del pointer
    gc.collect()
    lab.fact("thing_forgotten", things.thing_living())

    owner = Thing()
    weakref.finalize(owner, things.thing_free, things.thing_new())
    lab.fact("thing_owned", things.thing_living())
    del owner
    lab.fact("thing_after", things.thing_living())
    # ANCHOR_END: an_address_is_no_owner
    buffer = ctypes.create_string_buffer(1000)  # memory for C to use, and Python's
    watched = weakref.ref(buffer)
    del buffer
    lab.fact("thing_buffer", watched() is None)


def what_objects_are(path):
    lab.fact("bytes_int", sys.getsizeof(1))
    lab.fact("bytes_c_int", ctypes.sizeof(ctypes.c_int))
    lab.fact("bytes_float", sys.getsizeof(1.0))
    lab.fact("bytes_c_double", ctypes.sizeof(ctypes.c_double))
    lab.fact("bytes_digit_bits", sys.int_info.bits_per_digit)
    things = ctypes.CDLL(path)
    things.double_all.argtypes, things.double_all.restype = [ctypes.c_void_p, ctypes.c_size_t], None
    # ANCHOR: one_memory
    numbers = array.array("d", [1.0, 2.0, 3.0])  # Python's, and laid out as C has it
    address, length = numbers.buffer_info()
    things.double_all(address, length)
    lab.fact("same_memory", numbers.tolist() == [2.0, 4.0, 6.0])
    # ANCHOR_END: one_memory


def where_the_work_is_done():
    lab.fact("numpy_add", type(numpy.add).__name__)
    home = pathlib.Path(numpy.__file__).parent
    beside = [*home.parent.glob("numpy.libs/*"), *home.glob(".dylibs/*")]
    native = [*home.rglob("*.so"), *beside]
    python = [file for file in home.rglob("*.py") if "tests" not in file.parts]
    lab.fact("numpy_native_bytes", sum(file.stat().st_size for file in native))
    lab.fact("numpy_python_bytes", sum(file.stat().st_size for file in python))


def a_message_of_numbers():
    """A class of messages with one field: a list of doubles."""
    file = descriptor_pb2.FileDescriptorProto(name="numbers.proto", syntax="proto3")
    field = file.message_type.add(name="Numbers").field.add(name="values", number=1)
    field.type, field.label = field.TYPE_DOUBLE, field.LABEL_REPEATED
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("Numbers"))


def through_a_message(path):
    things = ctypes.CDLL(path)
    things.total.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    things.total.restype = ctypes.c_double
    numbers = array.array("d", range(10_000))
    address, length = numbers.buffer_info()
    Numbers = a_message_of_numbers()
    there_and_back = Numbers.FromString(Numbers(values=numbers).SerializeToString())
    lab.fact("message_same", list(there_and_back.values) == list(numbers))
    lab.fact("message_pointer_same", things.total(address, length) == sum(numbers))
    # ANCHOR: message_or_pointer
    lab.time("pointer", "total(address, length)",
             total=things.total, address=address, length=length)
    lab.time("message", "Numbers.FromString(Numbers(values=numbers).SerializeToString())",
             Numbers=Numbers, numbers=numbers)
    # ANCHOR_END: message_or_pointer


# ANCHOR: the_loop_in_python
def spin(times):
    x = 1
    for _ in range(times):
        x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
    return x


# ANCHOR_END: the_loop_in_python


def the_same_loop(path):
    native = ctypes.CDLL(path).spin
    native.restype = ctypes.c_uint
    lab.fact("loop_same", native(1000) == spin(1000))
    lab.time("loop_python", "spin(10_000)", per=10_000, spin=spin)
    lab.time("loop_c", "spin(10_000)", per=10_000, spin=native)


a_library_that_knows_no_python()
where_the_work_is_done()
if path := lab.library("things", for_series=["freed", "thing", "bytes", "same", "message", "pointer", "loop"]):
    who_frees_what(path)
    what_objects_are(path)
    through_a_message(path)
    the_same_loop(path)
if path := lab.library("scope", for_series=["scope"]):
    lab.fact("scope_inside", ctypes.CDLL(path).alive_inside())
    lab.fact("scope_after", ctypes.CDLL(path).alive_after())
