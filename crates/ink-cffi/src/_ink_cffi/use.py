"""Owns an image's handle, and knows who is using it right now.

cffi releases the GIL during every call, the short ones too, and the library has no lock. So a
short call holds this one for its time; a long one leaves a mark, and others are refused.
"""

import threading
from contextlib import contextmanager


class Use:
    """The handle of one image, its lock, and what it is in use for."""

    def __init__(self, handle=None):
        # by hand: closed
        # A cdata made by `ffi.gc`: when nobody holds it any more, the library frees the image.
        self._handle = handle
        # by hand: end
        # by hand: busy
        # Reentrant: memory that is freed inside may run anybody's `__del__`, this image's users'
        # among them.
        self._lock = threading.RLock()
        self._mark = None
        # by hand: end
        # by hand: exported
        self._views = set()
        # by hand: end

    # by hand: closed
    @property
    def closed(self):
        return self._handle is None

    def close(self):
        """Lets go of the handle. `ffi.release` would free it under a call further up the stack."""
        if not self.closed:
            with self.changing():
                self._handle = None

    # by hand: end
    # by hand: busy
    @contextmanager
    def reading(self):
        """For a short call that only looks. Gives the handle, which lives at least as long."""
        with self._lock:
            # by hand: end
            # by hand: closed
            if self.closed:
                raise ValueError("the image is closed")
            # by hand: end
            # by hand: busy
            if self._mark == "blurred":
                raise RuntimeError("another thread is at work on the image")
            yield self._handle

    @contextmanager
    def changing(self, pixels=True):
        """For a short call that changes something."""
        with self.reading() as handle:
            if self._mark:
                raise RuntimeError("the image is in use")
            # by hand: end
            # by hand: exported
            if pixels and self._views:
                raise BufferError("somebody looks at the pixels: release the memoryview first")
            # by hand: end
            # by hand: busy
            yield handle

    @contextmanager
    def working(self, mark):
        """For a long call. `mark` is `mapped` or `blurred`."""
        with self.changing() as handle:
            self._mark = mark
        try:
            yield handle
        finally:
            self._mark = None

    # by hand: end
    # by hand: exported
    @contextmanager
    def exporting(self):
        """For whoever makes a view, and hands its pointer to `exported`."""
        with self.reading() as handle:
            if self._mark:
                raise BufferError("the image is being changed")
            yield handle

    def exported(self, ffi, pointer):
        """`pointer`, counted as a view until it is gone, and keeping the handle until then."""
        views, handle, key = self._views, self._handle, object()

        def gone(_, owner=handle):
            # On whatever thread lets go. One step of the interpreter, so it needs no lock.
            views.discard(key)

        views.add(key)
        return ffi.gc(pointer, gone)

    # by hand: end
