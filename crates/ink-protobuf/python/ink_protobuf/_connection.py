"""One server and the pipes to it: a request goes out, its response comes in.

What an image is stands in `_image`; here are bytes, and how their journey can end.
"""

import os
import subprocess
import threading
import weakref
from collections import deque

from google.protobuf import proto
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message import DecodeError

from . import _server
from ._errors import InkError, InkIOError, ServerDied
from ._messages import Messages

GRACE = 2  # seconds for a server to end by itself; an idle one needs none of them


class Connection:
    """A running server. Closing it ends the server, and with it every image."""

    def __init__(self, server=None, may_crash=False):
        self._lock = threading.Lock()
        self._forgotten = deque()  # images whose Python objects are gone
        self._died = None
        self._pid = os.getpid()
        self.sent = self.received = 0  # bytes, for those who want to know what a border costs
        self._process = _server.start(server or _server.find(), may_crash)
        self._end = weakref.finalize(self, _end, self._process)
        try:
            self.messages = Messages(self._read(FileDescriptorSet))
            self.messages.Response  # now, not at the first call: another protocol is refused here
        except (EOFError, DecodeError, ValueError) as error:
            raise self._bury() from error

    def call(self, **what):
        """One request and its response's value. The GIL is free while this waits.

        The lock is for other threads: a second request between this one and its response would
        be answered to the wrong one of us.
        """
        if self._pid != os.getpid():
            raise RuntimeError("a connection does not go through fork: two would write into it")
        # ANCHOR: one_request_one_response
        request = self.messages.Request(**what)
        with self._lock:
            while self._forgotten:
                self._exchange(self.messages.Request(free=self._forgotten.popleft()))
            response = self._exchange(request)
        result = response.WhichOneof("result")
        value = getattr(response, result) if result else None
        if result == "error":
            kind = InkIOError if value.status == 7 else InkError
            raise kind(value.message, value.status)
        return value
        # ANCHOR_END: one_request_one_response

    def forget(self, image):
        """Frees an image later. Called by the garbage collector, at any moment and on any thread,
        perhaps in the middle of an exchange: so it waits for nothing, and only takes a note.
        """
        self._forgotten.append(image)

    def close(self):
        """Ends the server in order. Twice is fine."""
        with self._lock:
            if self._died is None:
                self._bury(ServerDied("the connection was closed"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def pid(self):
        """The server's process."""
        return self._process.pid

    @property
    def alive(self):
        """Whether calls can be made, as far as is known without making one."""
        return self._died is None and self._pid == os.getpid()

    def _exchange(self, request):
        if self._died is not None:
            raise ServerDied(str(self._died), self._died.signal, self._died.exit_code)
        try:
            try:
                self._write(request)
            except BrokenPipeError:
                pass  # it may have said why, before it went
            return self._read(self.messages.Response)
        except (EOFError, DecodeError, ValueError) as error:
            raise self._bury() from error
        except BaseException:
            # Interrupted half way, by Ctrl-C perhaps. The rest of a response may still come, and
            # would be taken for the next one's. There is no way back into step.
            self._process.kill()
            self._bury()
            raise

    def _write(self, message):
        proto.serialize_length_prefixed(message, self._process.stdin)
        self._process.stdin.flush()
        self.sent += _size_on_the_wire(message)

    def _read(self, kind):
        message = proto.parse_length_prefixed(kind, self._process.stdout)
        if message is None:
            raise EOFError("the server has nothing more to say")
        self.received += _size_on_the_wire(message)
        return message

    def _bury(self, died=None):
        """Ends what is left of the server and remembers how it ended. The lock is held."""
        code = self._end()
        self._died = died or ServerDied.of(code)
        return self._died


def _end(process):
    """Also called when a connection is collected, and at the end of Python."""
    try:
        process.stdin.close()  # a server that still reads ends by this
    except BrokenPipeError:
        pass
    process.stdout.close()
    try:
        return process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()  # it computes for nobody, or stands still
        return process.wait()


def _size_on_the_wire(message):
    size = message.ByteSize()
    return size + max(1, (size.bit_length() + 6) // 7)


_default = None
_default_lock = threading.Lock()


def connect():
    """The connection of those who name none: started on first use, and anew after a death."""
    global _default
    with _default_lock:
        if _default is None or not _default.alive:
            _default = Connection()
        return _default
