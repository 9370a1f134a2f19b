"""ink.hpp and ink.h as Cython reads them: nothing is parsed, the C++ compiler checks each use.

`except +raise_ink` puts a `try` around each call, and hands what it caught to `raise_ink`. A
function that throws and is declared without it ends the process.
"""

from libc.stdint cimport uint8_t, uint32_t
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector


# It is in errors.pxi.
cdef void raise_ink() except *


cdef extern from "ink.h" nogil:
    ctypedef enum InkStatus:
        INK_STATUS_INVALID_TEXT
        INK_STATUS_BAD_SIZE

    ctypedef struct InkPixel:
        uint8_t r, g, b

    ctypedef struct InkImage:
        pass

    ctypedef void (*InkWorkHook)(void *) noexcept

    void ink_set_work_hook(InkWorkHook, void *) noexcept
    InkStatus ink_image_blur(InkImage *, uint32_t) noexcept


# A callback with `user_data` goes through C: ink.hpp takes a std::function, and Cython has no
# closure in C++ that could be put into one. Without `nogil`, Cython lets nobody call this who
# has released the GIL, and so the callback has it.
cdef extern from "ink.h":
    ctypedef int (*InkMapCallback)(uint32_t, uint32_t, InkPixel *, void *) noexcept

    InkStatus ink_image_map(InkImage *, InkMapCallback, void *) noexcept


cdef extern from "ink.hpp" namespace "ink" nogil:
    cdef cppclass Error:
        const char *what() noexcept
        InkStatus code() noexcept

    cdef cppclass IoError(Error):
        pass

    cdef cppclass CppImage "ink::Image":
        uint32_t width() except +raise_ink
        uint32_t height() except +raise_ink
        string title() except +raise_ink
        void set_title(const string &) except +raise_ink
        string describe() except +raise_ink
        InkPixel get(uint32_t, uint32_t) except +raise_ink
        void set(uint32_t, uint32_t, InkPixel) except +raise_ink
        const uint8_t *data() except +raise_ink
        void write(const string &) except +raise_ink
        InkImage *c_ptr() noexcept

    # ANCHOR: a_header_told_again
    cdef cppclass CppAlbum "ink::Album":
        void add(shared_ptr[CppImage]) except +raise_ink
        shared_ptr[CppImage] at(size_t) except +raise_ink
        size_t size() noexcept

    uint8_t luma(InkPixel) noexcept
    # ANCHOR_END: a_header_told_again
    size_t count_allocations "ink::live_allocations"() noexcept
    # Whatever it throws becomes an ImportError with the same words.
    void require_version() except +ImportError
    void check "ink::detail::check"(InkStatus) except +raise_ink


cdef extern from "shared.hpp" namespace "ink_cython" nogil:
    cdef cppclass Shared(CppImage):
        int exports
        bint mapped
        bint blurred

    shared_ptr[Shared] make(uint32_t, uint32_t) except +raise_ink
    shared_ptr[Shared] read(const string &) except +raise_ink
    shared_ptr[Shared] from_pixels(uint32_t, uint32_t, const vector[InkPixel] &) except +raise_ink
