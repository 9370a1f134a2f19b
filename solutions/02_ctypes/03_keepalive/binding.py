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
        # What the press may call, by the number that it gave out. The other choice is
        # one READER for all, made once and never freed, that finds its function in a
        # dict by `user`. It saves machine code where there are many readers; here it
        # would need a key of its own, since the number is known only after the call
        # that has to be told the key.
        self._readers = {}

    def subscribe(self, function, data):
        """Has `function(page, data)` called for every page; gives the number of the reader."""
        # The lambda holds the function and the data, so holding the reader is enough.
        reader = READER(lambda page, user: function(page, data))
        number = self._lib.press_subscribe(reader, None)
        if number < 0:
            raise RuntimeError("the press has no room for another reader")
        self._readers[number] = reader
        return number

    def replace(self, number, function, data):
        """From now on it is this function, with this data, that is called."""
        reader = READER(lambda page, user: function(page, data))
        if self._lib.press_replace(number, reader, None) < 0:
            raise LookupError(f"the press has no reader {number}")
        # Not before: the press called the old one until now.
        self._readers[number] = reader

    def unsubscribe(self, number):
        """Ends it. What waits for the reader is delivered first."""
        if self._lib.press_unsubscribe(number) < 0:
            raise LookupError(f"the press has no reader {number}")
        del self._readers[number]
