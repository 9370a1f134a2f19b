# wrong: has one callback that finds its function by `user`, and forgets the function before the press is done
# caught-by: lives_until_the_press_lets_go
# says: `unsubscribe` let go of it while the press was still calling it

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
        self._keys = {}
        self._next = 1
        self._tell = READER(self._find_and_tell)

    def _find_and_tell(self, page, key):
        if key in self._readers:
            function, data = self._readers[key]
            function(page, data)

    def _keep(self, function, data):
        key, self._next = self._next, self._next + 1
        self._readers[key] = function, data
        return key

    def subscribe(self, function, data):
        """Has `function(page, data)` called for every page; gives the number of the reader."""
        key = self._keep(function, data)
        number = self._lib.press_subscribe(self._tell, key)
        if number < 0:
            del self._readers[key]
            raise RuntimeError("the press has no room for another reader")
        self._keys[number] = key
        return number

    def replace(self, number, function, data):
        """From now on it is this function, with this data, that is called."""
        if number not in self._keys:
            raise LookupError(f"the press has no reader {number}")
        old = self._keys[number]
        self._keys[number] = self._keep(function, data)
        self._lib.press_replace(number, self._tell, self._keys[number])
        del self._readers[old]

    def unsubscribe(self, number):
        """Ends it. What waits for the reader is delivered first."""
        if number not in self._keys:
            raise LookupError(f"the press has no reader {number}")
        del self._readers[self._keys.pop(number)]
        self._lib.press_unsubscribe(number)
