# wrong: replaces a reader by unsubscribing it and subscribing the new one, which may get another number
# caught-by: lets_go_afterwards
# says: raised LookupError

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
        self._readers = {}

    def subscribe(self, function, data):
        """Has `function(page, data)` called for every page; gives the number of the reader."""
        reader = READER(lambda page, user: function(page, data))
        number = self._lib.press_subscribe(reader, None)
        if number < 0:
            raise RuntimeError("the press has no room for another reader")
        self._readers[number] = reader
        return number

    def replace(self, number, function, data):
        """From now on it is this function, with this data, that is called."""
        self.unsubscribe(number)
        self.subscribe(function, data)

    def unsubscribe(self, number):
        """Ends it. What waits for the reader is delivered first."""
        if self._lib.press_unsubscribe(number) < 0:
            raise LookupError(f"the press has no reader {number}")
        del self._readers[number]
