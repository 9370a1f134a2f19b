"""One loaded library: its functions, and its statuses as exceptions.

cffi hands out what a function returns and looks at nothing, so every status goes to `check`.
"""

import os


class Library:
    """`ffi` and `lib` as cffi made them, and the exceptions of the module they belong to."""

    def __init__(self, ffi, lib, errors):
        self.ffi, self.lib = ffi, lib
        self._error, self._io_error = errors
        # by hand: wrong_library
        if lib.ink_version() != lib.INK_ABI_VERSION:
            raise ImportError(
                f"the ABI of this libink has version {lib.ink_version()}, "
                f"and this binding knows {lib.INK_ABI_VERSION}"
            )
        # by hand: end

    def live_allocations(self):
        """How many images and strings of the library are out."""
        return self.lib.ink_live_allocations()

    def text(self, pointer):
        """A copy of a text that the library lends."""
        return self.ffi.string(pointer).decode()

    # by hand: errors
    def error(self, code, message):
        """The exception for a status, not yet raised."""
        kind = self._io_error if code == self.lib.INK_STATUS_IO else self._error
        made = kind(message)
        made.code = code
        return made

    def check(self, status):
        """Raises for a status that is not OK.

        cffi has released the GIL and taken it back since the call failed. That does no harm:
        the message is this thread's own.
        """
        if status:
            raise self.error(status, self.text(self.lib.ink_last_error_message()))

    # by hand: end
    # by hand: unicode
    def encode(self, text, what):
        """A `str` as the bytes that C reads up to a NUL."""
        if not isinstance(text, str):
            raise TypeError(f"{what} must be str, not {type(text).__name__}")
        # by hand: end
        # by hand: cause
        try:
            data = text.encode()
        except UnicodeEncodeError as cause:
            code = self.lib.INK_STATUS_INVALID_TEXT
            raise self.error(code, f"{what} cannot be written in UTF-8") from cause
        # by hand: end
        # by hand: unicode
        return self._no_nul(data, what)

    def _no_nul(self, data, what):
        # cffi passes the bytes on whole, and C would stop at the NUL.
        if b"\0" in data:
            code = self.lib.INK_STATUS_INVALID_TEXT
            raise self.error(code, f"{what} holds a NUL, where C would take it to end")
        return data

    # by hand: end
    # by hand: files
    def path(self, path):
        """A path as the operating system writes it."""
        return self._no_nul(os.fsencode(path), "the path")

    # by hand: end
