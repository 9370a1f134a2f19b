"""What can be raised: a refusal of the server's, and its death."""

import signal as signals


class InkError(Exception):
    """A call that was refused. `code` is the number of its status."""

    code = 0

    def __init__(self, message="", code=0):
        super().__init__(message, code)
        self.code = code

    def __str__(self):
        return self.args[0]


class InkIOError(InkError, OSError):
    """Status 7: the operating system refused."""

    def __init__(self, message="", code=7):
        super().__init__(message, code)


class ServerDied(ConnectionError):
    """The server is gone, and its images with it. This process is not.

    `signal` is the signal that ended it, or None; `exit_code` what it ended with, or None.
    """

    def __init__(self, message, signal=None, exit_code=None):
        super().__init__(message)
        self.signal = signal
        self.exit_code = exit_code

    @classmethod
    def of(cls, code):
        """The death of a process that ended with this, a signal being a negative number."""
        if code >= 0:
            return cls(f"the server ended with {code}", exit_code=code)
        name = signals.Signals(-code)
        return cls(f"the server was ended by {name.name}", signal=name)
