# The part of the proxy class `Image` that is written in Python. SWIG pastes it into the class.

# Any Python object that goes with the picture.
tag = None

# by hand: buffer
def pixels(self):
    """A read-only view of the library's own memory, row by row."""
    return memoryview(self)
# by hand: end

# by hand: closed
def __enter__(self):
    if self.closed:
        raise ValueError("the image is closed")
    return self

def __exit__(self, *exception):
    self.close()
# by hand: end

# by hand: repr
def __repr__(self):
    try:
        return f"<Image {self.title!r} {self.width}x{self.height}>"
    except ValueError:
        return "<Image closed>"
    except RuntimeError:
        return "<Image busy>"
# by hand: end

# by hand: pickling
def __reduce__(self):
    with self.pixels() as view:
        return _restore, (self.width, self.height, view.tobytes(), self.title)
# by hand: end
