# wrong: compares names and sizes, and lets two fields change places
# caught-by: load_refuses_another_layout
# says: `gauge` and `level` have changed places

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
    """Raises a `LayoutError` unless `ffi` has every struct of `lib.tide_layout()` as it is there."""
    there = {}
    row = lib.tide_layout()
    while row.type:
        fields = there.setdefault(ffi.string(row.type).decode(), {})
        fields[ffi.string(row.field).decode()] = row.size
        row += 1
    # All of one dict with all of the other. To go through the rows and look each field up
    # would be shorter, and blind to a field that only the `cdef` has.
    for name, fields in there.items():
        struct = ffi.typeof(name)
        here = {"": ffi.sizeof(struct)}
        for field, place in struct.fields:
            here[field] = ffi.sizeof(place.type)
        for field in {**fields, **here}:
            if here.get(field) != fields.get(field):
                whose = f"{name}.{field}" if field else name
                raise LayoutError(
                    f"{whose}: the size is {fields.get(field)} in the library"
                    f" and {here.get(field)} in the cdef"
                )


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
