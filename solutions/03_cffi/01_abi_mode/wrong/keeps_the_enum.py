# wrong: declares the enum as the header names it, four bytes wide
# caught-by: every_field_is_where_c_has_it
# says: offset 0, size 4
# caught-by: reads_what_c_wrote
# says: tide_reading.phase
# caught-by: the_largest_values_arrive
# says: tide_reading.phase

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
        typedef enum { TIDE_EBB, TIDE_SLACK, TIDE_FLOOD } tide_phase;

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
        fields[ffi.string(row.field).decode()] = row.offset, row.size
        row += 1
    # All of one dict with all of the other. To go through the rows and look each field up
    # would be shorter, and blind to a field that only the `cdef` has.
    for name, fields in there.items():
        struct = ffi.typeof(name)
        here = {"": (0, ffi.sizeof(struct))}
        for field, place in struct.fields:
            here[field] = place.offset, ffi.sizeof(place.type)
        for field in {**fields, **here}:
            if here.get(field) != fields.get(field):
                whose = f"{name}.{field}" if field else name
                raise LayoutError(
                    f"{whose}: (offset, size) is {fields.get(field)} in the library"
                    f" and {here.get(field)} in the cdef"
                )


def load(path):
    """The FFI and the library at `path`, if the two agree."""
    ffi = declare()
    lib = ffi.dlopen(path)
    verify(ffi, lib)
    return ffi, lib
