"""An object that owns an image of the library: who frees it, when, and what is seen of its memory."""

from .use import Use


class Owner:
    """What an Image is before it can do anything."""

    # What the mode whose class this becomes puts here.
    _library = _callbacks = _pixel_type = None

    _use = Use()  # for an object whose __init__ never ran: closed

    @classmethod
    def _out(cls):
        """Room for the handle that a call hands out."""
        return cls._library.ffi.new("InkImage **")

    # by hand: ownership
    def _adopt(self, out):
        """Becomes the owner of what the library handed out."""
        c = self._library
        self._use = Use(c.ffi.gc(out[0], c.lib.ink_image_free))
        return self

    # by hand: end
    # by hand: closed
    def close(self):
        """Frees the image now. Closing twice is fine."""
        self._use.close()

    @property
    def closed(self):
        """Whether it has been closed."""
        return self._use.closed

    def __enter__(self):
        with self._use.reading():
            return self

    def __exit__(self, *exception):
        self.close()

    # by hand: end
    # by hand: buffer
    def pixels(self):
        """A read-only view of the library's own memory, row by row."""
        c = self._library
        data, length = c.ffi.new("const uint8_t **"), c.ffi.new("size_t *")
        with self._use.exporting() as image:
            c.check(c.lib.ink_image_pixels(image, data, length))
            shape = (c.lib.ink_image_height(image), c.lib.ink_image_width(image), 3)
            memory = self._use.exported(c.ffi, data[0])
        # The memoryview holds the buffer, the buffer `memory`, and that the image's handle.
        return memoryview(c.ffi.buffer(memory, length[0])).cast("B", shape).toreadonly()

    # by hand: end
    # by hand: buffer_protocol
    def __buffer__(self, flags):
        # Python looks for it from 3.12 on. It asks the view again for what `flags` say, and the
        # view refuses to be written to.
        return self.pixels()

    # by hand: end
