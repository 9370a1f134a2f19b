# wrong: compares sizes of structs and offsets of fields, so a narrower field before a gap goes through
# caught-by: load_refuses_another_layout
# says: `gauge` is an `int32_t`, and all else is where it was

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

        struct = ffi.typeof(name)
        fields = dict(struct.fields)
        if not field and ffi.sizeof(struct) != row.size:
            raise LayoutError(name)
        if field and (field not in fields or fields[field].offset != row.offset):
            raise LayoutError(f"{name}.{field}")
        if {f for f in fields} - names_of(ffi, lib, name):
            raise LayoutError(f"{name}: a field too many")
        row += 1


def names_of(ffi, lib, struct):
    names, row = set(), lib.tide_layout()
    while row.type:
        if ffi.string(row.type).decode() == struct:
            names.add(ffi.string(row.field).decode())
        row += 1
    return names


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
