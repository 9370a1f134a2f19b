"""Tide gauges, bound with cffi in ABI mode: what the manual prints of `native/tide.h`."""

from cffi import FFI


class LayoutError(Exception):
    """A struct of the `cdef` and one of the library are not the same."""


# The table of the layouts. The only struct here that nobody can check.
TABLE = """
    typedef struct {
        const char *type;
        const char *field;
        size_t offset;
        size_t size;
    } tide_row;

    const tide_row *tide_layout(void);
"""


def declare():
    """An FFI that knows what the library has."""
    ffi = FFI()
    ffi.cdef(TABLE)
    # TODO: what the header says, and not what the manual prints.
    ffi.cdef("""
        typedef enum { TIDE_EBB, TIDE_SLACK, TIDE_FLOOD } tide_phase;

        typedef struct {
            tide_phase phase;
            bool checked;
            long gauge;
            double level;
        } tide_reading;

        typedef struct {
            uint8_t channel;
            int64_t gauge;
            double level;
        } tide_message;

        void tide_record(long gauge, int phase, bool checked, double temperature, double level);
        void tide_latest(tide_reading *reading);
        void tide_send(uint8_t channel, tide_message *message);
    """)
    return ffi


def verify(ffi, lib):
    """Raises a `LayoutError` unless `ffi` has every struct of `lib.tide_layout()` as it is there."""
    # TODO


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
