# The image's functions, one by one. Each asks the owner for the image.

import os

from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer


cdef class Image(Owner):
    # by hand: signature
    """Image(width, height)\n--\n\nA picture with a title, freed when it is closed or forgotten."""
    # by hand: end

    __module__ = "ink_cython"

    def __init__(self, width, height):
        if self.image:
            self.changing()
        self.image = make(whole(width), whole(height))

    @classmethod
    def from_pixels(cls, width, height, data):
        """An image with a copy of these pixels: three bytes each, row by row."""
        cdef Image image = cls.__new__(cls)
        cdef vector[InkPixel] pixels
        # by hand: buffer
        cdef Py_buffer buffer
        PyObject_GetBuffer(data, &buffer, PyBUF_SIMPLE)
        try:
            if buffer.len % 3:
                raise error(InkError, INK_STATUS_BAD_SIZE, f"{buffer.len} bytes are no pixels")
            first = <const InkPixel *>buffer.buf
            pixels.assign(first, first + buffer.len // 3)
        finally:
            PyBuffer_Release(&buffer)
        # by hand: end
        image.image = from_pixels(whole(width), whole(height), pixels)
        return image

    @classmethod
    def read(cls, path):
        """Reads a PNG file."""
        cdef Image image = cls.__new__(cls)
        # by hand: files
        image.image = read(os.fsencode(path))
        # by hand: end
        return image

    @property
    def width(self):
        """How many pixels a row has."""
        return self.reading().width()

    @property
    def height(self):
        """How many rows there are."""
        return self.reading().height()

    # ANCHOR: a_string_goes_over
    @property
    def title(self):
        """The title; empty if there is none."""
        return self.reading().title()
    # ANCHOR_END: a_string_goes_over

    @title.setter
    def title(self, str title not None):
        # by hand: cause
        # ANCHOR: text_with_its_cause
        try:
            text = title.encode()
        except UnicodeEncodeError as cause:
            raise error(
                InkError, INK_STATUS_INVALID_TEXT, "the title cannot be written in UTF-8"
            ) from cause
        # ANCHOR_END: text_with_its_cause
        # by hand: end
        self.changing(pixels=False).set_title(text)

    # by hand: unicode
    @title.deleter
    def title(self):
        # What Cython raises by itself is a NotImplementedError.
        raise AttributeError("the title cannot be deleted")

    # by hand: end
    def describe(self):
        """The image in words."""
        return self.reading().describe()

    def get(self, x, y):
        """The pixel in column `x` of row `y`."""
        pixel = self.reading().get(whole(x), whole(y))
        return Pixel(pixel.r, pixel.g, pixel.b)

    def set(self, x, y, Pixel pixel not None):
        """Replaces the pixel in column `x` of row `y`."""
        self.changing().set(whole(x), whole(y), InkPixel(pixel.r, pixel.g, pixel.b))

    def map(self, callback):
        """Replaces each pixel by `callback(x, y, pixel)`, all of them or none."""
        if not callable(callback):
            raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
        image = self.changing()
        # by hand: busy
        image.mapped = True
        try:
            map_with(image.c_ptr(), callback)
        finally:
            image.mapped = False
        # by hand: end

    def blur(self, radius):
        """Each pixel becomes the mean of the square around it. Without the GIL."""
        cdef uint32_t reach = whole(radius)
        image = self.changing()
        # by hand: busy
        image.blurred = True
        try:
            # by hand: end
            # by hand: gil
            # ANCHOR: a_block_without_the_gil
            # The C function: it throws nothing, so nobody needs the GIL in there.
            with nogil:
                status = ink_image_blur(image.c_ptr(), reach)
            # ANCHOR_END: a_block_without_the_gil
            # by hand: end
            # by hand: busy
        finally:
            image.blurred = False
        # by hand: end
        check(status)

    def write(self, path):
        """Writes a PNG file."""
        # by hand: files
        self.reading().write(os.fsencode(path))
        # by hand: end

    # by hand: pickling
    def __reduce__(self):
        return _restore, (self.width, self.height, bytes(self), self.title)

    # by hand: end


# by hand: pickling
def _restore(width, height, pixels, title):
    image = Image.from_pixels(width, height, pixels)
    image.title = title
    return image
# by hand: end
