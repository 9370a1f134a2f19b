"""Carries a library in its own folder and opens it with ctypes."""

import ctypes
import pathlib

_library = ctypes.CDLL(str(pathlib.Path(__file__).with_name("libpages.so")))
_library.turned.argtypes, _library.turned.restype = [ctypes.c_long], ctypes.c_long
turned = _library.turned
