"""ink, bound with nanobind: a C++ library's types and exceptions, declared in C++."""

import ast
import sys
from inspect import Parameter, Signature
from pathlib import Path

from ._native import Album, Image, InkError, InkIOError, Pixel, live_allocations, on_work

__all__ = ["Album", "Image", "InkError", "InkIOError", "Pixel", "live_allocations", "on_work"]

_NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
__library__ = str(Path(__file__).with_name(_NAME))


# by hand: signature
def _signature(constructor):
    """What `inspect` asks a class for, out of the line of Python that nanobind wrote."""
    written = constructor.__nb_signature__[0][0]
    names = [argument.arg for argument in ast.parse(written + ": ...").body[0].args.args]
    return Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names[1:]])


# A function takes no attribute, and their type none either, so there it ends with the classes.
Image.__signature__ = _signature(Image.__init__)
Pixel.__signature__ = _signature(Pixel.__init__)
# by hand: end

# The types are made in `_native`, which is nobody's business.
for _kind in (Album, Image, InkError, InkIOError, Pixel):
    _kind.__module__ = __name__
