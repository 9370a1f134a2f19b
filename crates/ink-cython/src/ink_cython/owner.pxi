# What an Image is before it can do anything: an owner, and the rules that the library leaves to
# its callers. Every mark is read and set with the GIL held, which makes each of these steps one;
# a build of Python without the GIL would need locks here.

from cpython.buffer cimport PyBUF_FORMAT, PyBUF_ND, PyBUF_STRIDES, PyBUF_WRITABLE


# ANCHOR: what_an_object_holds
cdef class Owner:
    """Owns an image of the library, perhaps together with others."""

    # Empty at first and again when it is closed. Its destructor is called when the object goes.
    cdef shared_ptr[Shared] image
    # What a buffer says of itself. A Py_buffer points here, and keeps this object.
    cdef Py_ssize_t shape[3]
    cdef Py_ssize_t strides[3]
    cdef object __weakref__
    # Any Python object that goes with the picture. That makes the class one for the collector.
    cdef public object tag
    # ANCHOR_END: what_an_object_holds

    # by hand: closed
    cdef Shared *reading(self) except NULL:
        """For a short call that only looks."""
        if not self.image:
            raise ValueError("the image is closed")
        # by hand: end
        # by hand: busy
        if self.image.get().blurred:
            raise RuntimeError("another thread is at work on the image")
        return self.image.get()

    cdef Shared *changing(self, bint pixels=True) except NULL:
        """For a call that changes something."""
        image = self.reading()
        if image.mapped:
            raise RuntimeError("the image is in use")
        # by hand: end
        # by hand: exported
        if pixels and image.exports:
            raise BufferError("somebody looks at the pixels: release the memoryview first")
        # by hand: end
        # by hand: busy
        return image

    # by hand: end
    # by hand: closed
    def close(self):
        """Frees the image now, unless an album holds it too. Closing twice is fine."""
        if self.image:
            self.changing()
            self.image.reset()

    @property
    def closed(self):
        """Whether it has been closed."""
        return not self.image

    def __enter__(self):
        self.reading()
        return self

    def __exit__(self, *exception):
        self.close()

    # by hand: end
    def pixels(self):
        """A read-only view of the library's own memory, row by row."""
        return memoryview(self)

    # by hand: buffer
    def __getbuffer__(self, Py_buffer *buffer, int flags):
        if flags & PyBUF_WRITABLE:
            raise BufferError("the pixels can be read and not written")
        image = self.reading()
        if image.mapped:
            raise BufferError("the image is being changed")
        self.shape = [image.height(), image.width(), 3]
        self.strides = [self.shape[1] * 3, 3, 1]
        # The line that keeps the image alive. Without it the view points to memory of nobody's.
        buffer.obj = self
        buffer.buf = <void *>image.data()
        buffer.len = self.shape[0] * self.strides[0]
        buffer.readonly = 1
        buffer.itemsize = 1
        buffer.ndim = 3
        # What nobody has asked for is NULL.
        buffer.format = NULL
        buffer.shape = buffer.strides = buffer.suboffsets = NULL
        if flags & PyBUF_FORMAT:
            buffer.format = "B"
        if flags & PyBUF_ND:
            buffer.shape = self.shape
        if flags & PyBUF_STRIDES == PyBUF_STRIDES:
            buffer.strides = self.strides
        buffer.internal = NULL
        # by hand: end
        # by hand: exported
        image.exports += 1

    def __releasebuffer__(self, Py_buffer *buffer):
        self.image.get().exports -= 1

    # by hand: end
    # by hand: repr
    def __repr__(self):
        if self.closed:
            return "<Image closed>"
        if self.image.get().blurred:
            return "<Image busy>"
        return f"<Image {self.title!r} {self.width}x{self.height}>"

    # by hand: end
