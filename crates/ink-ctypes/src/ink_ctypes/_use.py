"""Who is using an image right now.

The library has no lock. A short call holds this one for its time; a long one cannot, because
others would stand still, so it leaves a mark, and they are refused.
"""

import threading
import weakref
from contextlib import contextmanager


class Use:
    """The lock of one image, and what it is in use for."""

    # by hand: busy
    def __init__(self):
        # Reentrant: memory that is freed inside may run anybody's `__del__`, this image's users'
        # among them.
        self._lock = threading.RLock()
        self.mapped = self.blurred = False
        # by hand: end
        # by hand: exported
        # By number, because memory that can change has no hash.
        self._views = weakref.WeakValueDictionary()
        # by hand: end

    # by hand: busy
    @contextmanager
    def reading(self):
        """For a short call that only looks."""
        with self._lock:
            if self.blurred:
                raise RuntimeError("another thread is at work on the image")
            yield

    @contextmanager
    def changing(self, pixels=True):
        """For a short call that changes something."""
        with self._lock:
            if self.blurred or self.mapped:
                raise RuntimeError("the image is in use")
            # by hand: end
            # by hand: exported
            if pixels and len(self._views):
                raise BufferError("somebody looks at the pixels: release the memoryview first")
            # by hand: end
            # by hand: busy
            yield

    @contextmanager
    def working(self, mark):
        """For a long call. `mark` is `mapped` or `blurred`."""
        with self.changing():
            setattr(self, mark, True)
        try:
            yield
        finally:
            setattr(self, mark, False)

    # by hand: end
    # by hand: exported
    @contextmanager
    def exporting(self):
        """For whoever makes a view, and hands it to `exported`."""
        with self.reading():
            if self.mapped:
                raise BufferError("the image is being changed")
            yield

    def exported(self, view):
        """Counts `view` as long as anything refers to it."""
        self._views[id(view)] = view

    # by hand: end
