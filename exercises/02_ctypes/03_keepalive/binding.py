"""Readers of a printing press, bound with ctypes: three functions of `native/press.h`."""

import ctypes
from ctypes import c_int32, c_void_p

# What C calls a `press_reader`.
READER = ctypes.CFUNCTYPE(None, c_int32, c_void_p)


class Press:
    """The press in the library at `path`. Somebody else prints and delivers."""

    def __init__(self, path):
        lib = ctypes.CDLL(path)
        lib.press_subscribe.argtypes = [READER, c_void_p]
        lib.press_subscribe.restype = c_int32
        lib.press_replace.argtypes = [c_int32, READER, c_void_p]
        lib.press_replace.restype = c_int32
        lib.press_unsubscribe.argtypes = [c_int32]
        lib.press_unsubscribe.restype = c_int32
        self._lib = lib

    # TODO: what C may call is alive until C has let go of it, and not for longer.

    def subscribe(self, function, data):
        """Has `function(page, data)` called for every page; gives the number of the reader."""
        reader = READER(lambda page, user: function(page, data))
        return self._lib.press_subscribe(reader, None)

    def replace(self, number, function, data):
        """From now on it is this function, with this data, that is called."""
        reader = READER(lambda page, user: function(page, data))
        self._lib.press_replace(number, reader, None)

    def unsubscribe(self, number):
        """Ends it. What waits for the reader is delivered first."""
        self._lib.press_unsubscribe(number)
