"""One number in an object, read from Python and from inside Cython."""

import sys

import lab

VALUE = 1234


class Plain:
    def __init__(self, x):
        self.x = x

    @property
    def y(self):
        return self.x


class Slots:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


# ANCHOR: ten_reads
def reads(name, attribute, point):
    """Ten accesses in a row, so that the loop around them hardly counts."""
    assert getattr(point, attribute) == VALUE, name
    lab.time(f"from_{name}", "; ".join([f"p.{attribute}"] * 10), per=10, p=point)
# ANCHOR_END: ten_reads


reads("plain", "x", Plain(VALUE))
reads("slots", "x", Slots(VALUE))
reads("property", "y", Plain(VALUE))


def loop_in_python(point, n):
    sum = 0
    for i in range(n):
        sum = (sum ^ i) + point.x
    return sum


def loop_in_python_cached(point, n):
    sum = 0
    x = point.x
    for i in range(n):
        sum = (sum ^ i) + x
    return sum


METHODS = ["cdef", "public", "cached", "property", "property_cached"]
METHODS += ["method", "inline_method", "noexcept_method"]
SERIES = ["from_public", "from_cdef", "python", "loop", "public_is", "property_is", "hidden_is", "noexcept"]
if points := lab.module("points", for_series=SERIES):
    point = points.Point(VALUE)
    reads("public", "x", point)
    reads("cdef_property", "y", point)
    # What there is to see from Python.
    lab.fact("public_is", type(vars(points.Point)["x"]).__name__)
    lab.fact("property_is", type(vars(points.Point)["y"]).__name__)
    lab.fact("hidden_is", lab.raised(getattr, point, "hidden"))

    # What becomes of an exception in a method that is `noexcept`.
    unheard = []
    sys.unraisablehook = lambda what: unheard.append(what.exc_type.__name__)
    lab.fact("noexcept_raises", lab.raised(point.ask))
    sys.unraisablehook = sys.__unraisablehook__
    lab.fact("noexcept_reports", ", ".join(unheard))

    # The same loop, with more and more of it in C.
    wanted = loop_in_python(point, 1000)
    lab.time("python_loop", "f(p, 1000)", per=1000, f=loop_in_python, p=point)
    lab.time("python_loop_cached", "f(p, 1000)", per=1000, f=loop_in_python_cached, p=point)
    for name in ("untyped", "typed"):
        function = getattr(points, f"loop_{name}")
        assert function(point, 1000) == wanted, name
        lab.time(f"loop_{name}", "f(p, 1000)", per=1000, f=function, p=point)
    for name in METHODS:
        method = getattr(point, f"loop_{name}")
        assert method(1000) == wanted, name
        lab.time(f"loop_{name}", "f(1000)", per=1000, f=method)
    method = points.FinalPoint(VALUE).loop_method
    assert method(1000) == wanted
    lab.time("loop_final_method", "f(1000)", per=1000, f=method)

if member := lab.module("member", for_series=["from_member"]):
    reads("member", "x", member.Point(VALUE))
