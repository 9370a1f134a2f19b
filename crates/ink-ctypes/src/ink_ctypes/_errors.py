"""Statuses become exceptions. ctypes itself ignores what a function returns."""

import os

INVALID_TEXT = 2
IO = 7


# by hand: errors
class InkError(Exception):
    """A call that the library refused. `code` is its status."""

    code = 0


class InkIOError(InkError, OSError):
    """A file that could not be read or written."""

    # OSError takes its arguments apart when there are two or more; with one it keeps it.


def error(code, message):
    """The exception for a status, not yet raised."""
    kind = InkIOError if code == IO else InkError
    made = kind(message)
    made.code = code
    return made


def check(status, function, arguments):
    """The `errcheck` of every function that returns a status.

    The message is borrowed until this thread's next failure, so it is copied at once. It is the
    thread's own: that the GIL was released in between does no harm.
    """
    if status == 0:
        return None
    from ._library import last_error_message

    raise error(status, last_error_message().decode())


# by hand: end


# by hand: unicode
def encode(text, what):
    """A `str` as the bytes that C reads up to a NUL."""
    if not isinstance(text, str):
        raise TypeError(f"{what} must be str, not {type(text).__name__}")
    # by hand: end
    # by hand: cause
    try:
        data = text.encode()
    except UnicodeEncodeError as cause:
        raise error(INVALID_TEXT, f"{what} cannot be written in UTF-8") from cause
    # by hand: end
    # by hand: unicode
    return no_nul(data, what)


def no_nul(data, what):
    if b"\0" in data:
        raise error(INVALID_TEXT, f"{what} holds a NUL, where C would take it to end")
    return data


# by hand: end
# by hand: files
def path_bytes(path):
    """A path as the operating system writes it."""
    return no_nul(os.fsencode(path), "the path")


# by hand: end
