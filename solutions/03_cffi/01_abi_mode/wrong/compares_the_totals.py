# wrong: compares the size of each struct, which a gap can keep as it was
# caught-by: load_refuses_another_layout
# says: did not raise `abi_mode.LayoutError`
# caught-by: verify_knows_no_struct_by_heart
# says: it lacks `berth`
# caught-by: verify_finds_every_kind_of_difference
# says: did not raise `abi_mode.LayoutError`
# caught-by: load_refuses_a_third_layout
# says: `temperature` stands behind `level`

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

        if not field and ffi.sizeof(name) != row.size:
            raise LayoutError(f"{name}: {ffi.sizeof(name)} bytes, and {row.size} in the library")
        row += 1


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
