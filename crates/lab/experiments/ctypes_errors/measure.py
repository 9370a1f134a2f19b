"""A C library that reports errors, and what ctypes makes of it."""

import ctypes
import errno
import os
import threading
from ctypes import byref, c_int, pointer

import lab
import loader
import printed
from ways import declared, error_handler, with_a_wrapper, with_errcheck, with_errno, with_restype


def outcome(function, *arguments):
    """What a call gives: the result, or the name of the exception."""
    try:
        return str(function(*arguments))
    except Exception as error:
        return type(error).__name__


def caught(function, *arguments):
    """The exception that a call raises."""
    try:
        function(*arguments)
    except Exception as error:
        return error


def compiles(text):
    return lab.raised(compile, text, "<printed>", "exec") == "nothing"


def by_default(path):
    lab.fact("undeclared", outcome(ctypes.CDLL(path).cellar_take, 500))
    plain = declared(path)
    # ANCHOR: types_do_not_check
    plain.cellar_take.argtypes = [c_int]
    plain.cellar_take.restype = c_int
    lab.fact("ignored", outcome(plain.cellar_take, 500))
    lab.fact("types_check_arguments", outcome(plain.cellar_take, "500"))
    # ANCHOR_END: types_do_not_check
    found = c_int(77)
    plain.cellar_count(9, byref(found))
    lab.fact("output_left_alone", found.value)


def what_each_gets(path):
    heard = []
    take = declared(path).cellar_take
    take.errcheck = lambda *given: heard.append(given) or "replaced"
    lab.fact("errcheck_replaces", str(take(500)))
    result, function, arguments = heard[0]
    lab.fact("errcheck_gets_all", (result, function is take, arguments) == (-1, True, (500,)))
    heard.clear()
    take = declared(path).cellar_take
    take.restype = lambda *given: heard.append(given)
    take(500)
    lab.fact("restype_gets_one", heard == [(-1,)])
    # A callable for restype is given a C int, whatever the function returns.
    value = declared(path).cellar_value
    value.restype = lambda number: number
    lab.fact("restype_cuts", value(3) == 7)
    value.restype = ctypes.c_longlong
    lab.fact("uncut", value(3) == (3 << 32) + 7)


def where_it_is_set(path):
    # ANCHOR: set_on_an_object
    lib = declared(path)
    lib.cellar_take.errcheck = error_handler
    lab.fact("by_attribute", outcome(lib.cellar_take, 500))
    lab.fact("by_item", outcome(lib["cellar_take"], 500))
    lab.fact("by_another_cdll", outcome(ctypes.CDLL(path).cellar_take, 500))
    # ANCHOR_END: set_on_an_object


def one_for_all(path):
    # ANCHOR: one_for_all
    lib = declared(path)
    for name in loader.TABLE:
        getattr(lib, "cellar_" + name).errcheck = error_handler
    # ANCHOR_END: one_for_all
    lab.fact("all_take", outcome(lib.cellar_take, 500))
    lab.fact("all_frost", outcome(lib.cellar_temperature, 1))
    lab.fact("all_words", outcome(lib.cellar_meaning, -1))
    error = caught(lib.cellar_lock, -1)
    lab.fact("all_errno", str(getattr(error, "errno", "nothing")))


def by_the_loader(path):
    library = loader.Library(path, "cellar_", loader.TABLE)
    ctypes.set_errno(0)  # nothing left from before
    for name, argument in [("take", 500), ("count", 9), ("order", 500), ("lock", -1)]:
        lab.fact(f"loader_{name}", outcome(getattr(library, name), argument))
    lab.fact("loader_unknown", outcome(library.take, -1))
    lab.fact("loader_frost", outcome(library.temperature, 1))
    lab.fact("loader_out", outcome(library.count, 1))
    lab.fact("loader_stranger", lab.raised(lambda: library.value))
    error = caught(library.count, 9)
    lab.fact("loader_code", getattr(error, "code", 0))
    lab.fact("loader_words", str(error))
    said = in_two_threads(lambda bottles: lab.raised(library.order, bottles), words_of=library)
    lab.fact("loader_own_words", said)
    return library


def in_two_threads(order, words_of):
    """Both fail, then both ask: does each thread hear of its own error?"""
    both, own = threading.Barrier(2), []

    def work(bottles):
        order(bottles)
        both.wait()
        own.append(words_of.last_error().decode().startswith(str(bottles)))

    threads = [threading.Thread(target=work, args=[bottles]) for bottles in (500, 600)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return all(own)


def of_anybody(path):
    shared = declared(path)
    shared.last_error = shared.cellar_last_error_of_anybody
    shared.last_error.restype = ctypes.c_char_p
    lab.fact("shared_words", in_two_threads(shared.cellar_order, words_of=shared))


def errno_and_its_copies(path):
    plain, copying = declared(path), declared(path, use_errno=True)
    ctypes.set_errno(0)
    plain.cellar_lock(-1)
    os.path.exists("nowhere")  # sets errno, too
    lab.fact("errno_too_late", errno.errorcode[plain.cellar_errno()])
    lab.fact("errno_not_copied", ctypes.get_errno())
    copying.cellar_lock(-1)
    os.path.exists("nowhere")
    lab.fact("errno_kept", errno.errorcode[ctypes.get_errno()])
    elsewhere = []
    thread = threading.Thread(target=lambda: elsewhere.append(ctypes.get_errno()))
    thread.start()
    thread.join()
    lab.fact("errno_elsewhere", elsewhere[0])


lab.fact("printed_compile", sum(map(compiles, [printed.HANDLER, printed.CHECKED, printed.SAFE_CALL])))
lab.fact("broken_compiles", compiles(printed.BROKEN_WHERE_IT_MUST))

lab.time("empty", "pass")
ALL = """ignored undeclared types output errcheck restype uncut by all loader shared installed
    errno bare wrapper use byref pointer flags""".split()
if path := lab.library("cellar", for_series=ALL):
    by_default(path)
    what_each_gets(path)
    where_it_is_set(path)
    one_for_all(path)
    of_anybody(path)
    errno_and_its_copies(path)
    library = by_the_loader(path)
    scope = {"lib": ctypes.CDLL(path)}
    scope["lib"].some_func = scope["lib"].cellar_take
    exec(printed.BROKEN_WHERE_IT_MUST, scope)
    lab.fact("installed", outcome(scope["lib"].some_func, 500) == "OSError")
    ways = {"errcheck": with_errcheck, "wrapper": with_a_wrapper, "restype": with_restype}
    for name, way in ways.items():
        lab.fact(f"{name}_raises", outcome(way(path), 500))
        lab.time(name, "take(3)", take=way(path))
    lab.fact("use_errno_raises", outcome(with_errno(path), -1))
    plain, copying = declared(path), declared(path, use_errno=True)
    lab.time("bare", "take(3)", take=plain.cellar_take)
    lab.time("bare_copying", "take(3)", take=copying.cellar_take)
    lab.time("use_errno", "lock(3)", lock=with_errno(path))
    lab.time("loader", "take(3)", take=library.take)
    count, found = plain.cellar_count, c_int()
    lab.time("byref", "count(1, byref(found))", count=count, found=found, byref=byref)
    lab.time("pointer", "count(1, pointer(found))", count=count, found=found, pointer=pointer)
    lab.time("pointer_kept", "count(1, kept)", count=count, kept=pointer(found))
    statement = "found = c_int(); count(1, byref(found)); found.value"
    lab.time("byref_fresh", statement, count=count, c_int=c_int, byref=byref)
    lab.time("flags", "count(1)", count=library.count)
