"""Python calls C, C calls Python, Python raises. What does C get, and what the caller?"""

import ctypes
import sys
import traceback

import carried
import lab


class Stop(Exception):
    pass


def raising(number):
    raise Stop(number)


class Hook:
    """Listens in place of sys.unraisablehook."""

    def __enter__(self):
        self.heard, self.before = [], sys.unraisablehook
        sys.unraisablehook = lambda what: self.heard.append(what.exc_type.__name__)
        return self.heard

    def __exit__(self, *error):
        sys.unraisablehook = self.before


def bare(ring, trace, function):
    """ctypes without any care: what C got as an answer, and how many visits it made."""
    visited = ctypes.c_int()
    visit = carried.VISIT(lambda number, user: function(number))
    answer = ring.ring_walk(5, trace, visit, None, ctypes.byref(visited))
    return answer & 0xFFFFFFFF, visited.value


def ctypes_alone(ring):
    with Hook() as heard:
        # ANCHOR: rubbish
        lab.fact("raises", lab.raised(bare, ring, 0, raising))
        lab.fact("answer_a", hex(bare(ring, 0x5A, raising)[0]))
        lab.fact("answer_b", hex(bare(ring, 0x11, raising)[0]))
        lab.fact("visits_on_clean_stack", bare(ring, 0, raising)[1])
        lab.fact("visits_on_used_stack", bare(ring, 0x5A, raising)[1])
        # ANCHOR_END: rubbish
        lab.fact("hook_heard", sorted(set(heard)) == ["Stop"])
        heard.clear()
        lab.fact("wrong_type", hex(bare(ring, 0x5A, lambda number: "text")[0]))
        lab.fact("wrong_type_heard", heard[0])
    lab.fact("answer_of_no_error", bare(ring, 0x5A, lambda number: 7)[0])


def errchecks(ring):
    """errcheck runs in Python, when C has returned: what does it know by then?"""
    heard = []

    def handler(result, function, arguments):
        heard.append((result & 0xFFFFFFFF, sys.exc_info()[0]))
        return result

    ring.ring_walk.errcheck = handler
    with Hook():
        bare(ring, 0x5A, raising)
    lab.fact("errcheck_result", hex(heard[0][0]))
    lab.fact("errcheck_exception", str(heard[0][1]))

    visit = carried.VISIT(lambda number, user: raising(number))
    visit.errcheck = lambda *given: heard.append("callback")
    with Hook():
        ring.ring_walk(1, 0, visit, None, ctypes.byref(ctypes.c_int()))
    lab.fact("errcheck_of_callback", heard.count("callback"))
    visit(0, None)
    lab.fact("errcheck_from_python", heard.count("callback"))
    del ring.ring_walk.errcheck


PRINTS = """
import sys, carried, ctypes
def leave(number, user): {what}
visit = carried.VISIT(leave)
carried.opened(sys.argv[1]).ring_walk(1, 0, visit, None, ctypes.byref(ctypes.c_int()))
print("went on")
"""


def what_is_printed(path):
    done = lab.child(PRINTS.format(what="raise KeyError('colour')"), path)
    lab.fact("printed", "KeyError: 'colour'" in done.stderr)
    lab.fact("exit_code", done.returncode)
    done = lab.child(PRINTS.format(what="sys.exit(3)"), path)
    lab.fact("exit_ignored", "went on" in done.stdout and done.returncode == 0)
    done = lab.child(PRINTS.format(what="raise KeyboardInterrupt"), path)
    lab.fact("interrupt_ignored", "went on" in done.stdout and done.returncode == 0)


def arrives(prefix, walk):
    """The very exception, after one call, with the traceback of the function that raised."""
    calls, thrown, arrived, names = [], Stop("here"), None, [""]

    def function(number):
        calls.append(number)
        raise thrown

    with Hook() as heard:
        try:
            walk(function)
        except Stop as error:
            arrived = error
            names += [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    lab.fact(f"{prefix}_same", arrived is thrown)
    lab.fact(f"{prefix}_traceback", names[-1] == "function")
    lab.fact(f"{prefix}_calls", len(calls))
    lab.fact(f"{prefix}_unheard", heard == [])


def of_cffi(module):
    ffi, lib = module.ffi, module.lib
    given = []

    @ffi.def_extern()
    def plain_visit(number, user):
        raise Stop(number)

    @ffi.def_extern(error=-7)
    def visit_with_error(number, user):
        raise Stop(number)

    @ffi.def_extern(error=-7, onerror=lambda kind, error, tb: given.append(error))
    def visit_with_onerror(number, user):
        raise Stop(number)

    @ffi.def_extern(error=-7, onerror=lambda kind, error, tb: -9)
    def visit_with_both(number, user):
        raise Stop(number)

    visited = ffi.new("int *")
    with Hook() as heard:
        lab.fact("cffi_default", lib.ring_walk(1, 0x5A, lib.plain_visit, ffi.NULL, visited))
        lab.fact("cffi_error", lib.ring_walk(1, 0x5A, lib.visit_with_error, ffi.NULL, visited))
        lab.fact("cffi_heard", len(heard))
        lib.ring_walk(1, 0x5A, lib.visit_with_onerror, ffi.NULL, visited)
        lab.fact("cffi_given", type(given[0]).__name__)
        lab.fact("cffi_overruled", lib.ring_walk(1, 0x5A, lib.visit_with_both, ffi.NULL, visited))

    def walk(function):
        raised = []
        ffi.def_extern(name="plain_visit", error=1,
                       onerror=lambda kind, error, tb: raised.append(error.with_traceback(tb)))(
            lambda number, user: function(number) or 0)
        lib.ring_walk(5, 0, lib.plain_visit, ffi.NULL, visited)
        if raised:
            raise raised.pop()

    arrives("cffi_kept", walk)


ALL = "raises answer visits hook wrong errcheck printed exit interrupt kept told".split()
if path := lab.library("ring", for_series=ALL):
    ring = carried.opened(path)
    ctypes_alone(ring)
    errchecks(ring)
    what_is_printed(path)
    arrives("kept", lambda function: carried.walk(ring, 5, function))
    arrives("told", lambda function: carried.tell(ring, 5, function))
if module := lab.module("ring_cffi", for_series=["cffi"]):
    of_cffi(module)
if module := lab.module("ring_capi", for_series=["capi"]):
    arrives("capi", module.walk)
