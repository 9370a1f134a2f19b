# Beyond the common API: images with several owners.

from libcpp.memory cimport static_pointer_cast


cdef class Album:
    """Images in a row, each shared with whoever else holds it."""

    __module__ = "ink_cython"

    cdef CppAlbum album

    def add(self, Image image not None):
        """Shares the image: it stays when its own object is closed or forgotten."""
        image.reading()
        self.album.add(static_pointer_cast[CppImage, Shared](image.image))

    def __len__(self):
        return self.album.size()

    def __getitem__(self, Py_ssize_t index):
        if not 0 <= index < <Py_ssize_t>self.album.size():
            raise IndexError(f"image {index} is outside an album of {len(self)}")
        cdef Image image = Image.__new__(Image)
        # Only what was a Shared has been put in.
        image.image = static_pointer_cast[Shared, CppImage](self.album.at(index))
        return image
