# wrong: looks up a field that is not there, and lets cffi's own exception out
# caught-by: verify_knows_no_struct_by_heart
# says: raised the wrong exception

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
    # An enum of one byte cannot be said in a `cdef`, whose enums are as wide as an
    # int or wider. So the type is an integer of that width, and the names are apart.
    ffi.cdef("""
        typedef uint8_t tide_phase;
        enum { TIDE_EBB, TIDE_SLACK, TIDE_FLOOD };

        typedef struct {
            tide_phase phase;
            bool checked;
            double temperature;
            long gauge;
            double level;
        } tide_reading;

        void tide_record(long gauge, int phase, bool checked, double temperature, double level);
        void tide_latest(tide_reading *reading);
    """)
    # `packed` holds for all structs of a `cdef`, so this one has a `cdef` to itself.
    ffi.cdef(
        """
        typedef struct {
            uint8_t channel;
            int64_t gauge;
            double level;
        } tide_message;

        void tide_send(uint8_t channel, tide_message *message);
        """,
        packed=True,
    )
    return ffi


def verify(ffi, lib):
    row = lib.tide_layout()
    while row.type:
        name, field = ffi.string(row.type).decode(), ffi.string(row.field).decode()

        offset = ffi.offsetof(name, field) if field else 0
        size = ffi.sizeof(dict(ffi.typeof(name).fields)[field].type) if field else ffi.sizeof(name)
        if (offset, size) != (row.offset, row.size):
            raise LayoutError(f"{name}.{field}")
        row += 1


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
