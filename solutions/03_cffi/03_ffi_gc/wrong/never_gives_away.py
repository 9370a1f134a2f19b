# wrong: forgets the page's pointer and leaves its owner, who frees C's page
# caught-by: a_page_that_c_took_is_freed_by_c
# says: page_free was handed a page that belongs to an archive
# caught-by: any_order_of_goodbyes
# says: page_free was handed a page that belongs to an archive

from cffi import FFI

ffi = FFI()
ffi.cdef("""
    typedef struct archive archive;
    typedef struct reader reader;
    typedef struct page page;

    archive *archive_open(int32_t room);
    void archive_close(archive *self);
    int32_t archive_inspect(archive *self);

    page *page_new(int64_t number);
    int64_t page_number(page *self);
    void page_free(page *self);
    int32_t archive_add(archive *self, page *page);

    reader *reader_new(archive *archive);
    int64_t reader_next(reader *self);
    void reader_free(reader *self);
""")
lib = None


def load(path):
    """Opens the library. The checks call it first."""
    global lib
    lib = ffi.dlopen(path)


def must(pointer, what):
    """The pointer, if there still is one."""
    if pointer is None:
        raise ValueError(f"the {what} is closed, or given away")
    return pointer



class Page:
    """A page that Python owns, until an archive takes it over."""

    def __init__(self, number):
        self.pointer = ffi.gc(lib.page_new(number), lib.page_free)

    @property
    def number(self):
        return lib.page_number(must(self.pointer, "page"))


class Archive:
    """An archive, with room for so many pages."""

    def __init__(self, room):
        self.pointer = ffi.gc(lib.archive_open(room), lib.archive_close)
        if lib.archive_inspect(self.pointer) < 0:
            raise ValueError("the archive is not in order")

    def add(self, page):
        """Gives a page to the archive, unless that is full."""
        if lib.archive_add(must(self.pointer, "archive"), must(page.pointer, "page")) < 0:
            raise RuntimeError("the archive is full")
        page.pointer = None

    def close(self):
        self.pointer = None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


class Reader:
    """Reads the pages of an archive, which has to be there as long as this is."""

    def __init__(self, archive):
        parent = must(archive.pointer, "archive")

        def free(pointer, parent=parent):
            lib.reader_free(pointer)

        self.pointer = ffi.gc(lib.reader_new(parent), free)

    def next(self):
        """The number of the next page, or None after the last."""
        number = lib.reader_next(must(self.pointer, "reader"))
        return None if number < 0 else number

    def close(self):
        if self.pointer is not None:
            ffi.release(self.pointer)
            self.pointer = None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()
