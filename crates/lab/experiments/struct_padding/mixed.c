/* One record in three layouts, and what the C compiler makes of them. Nothing crosses the
 * border but sizes: `size_t` is passed by value and owned by nobody. */
#include <stddef.h>

/* ANCHOR: the_same_record */
/* A double stands at a multiple of eight, so seven bytes stay empty before it. The size is
 * a multiple of eight too, so that the next record of an array is in place: seven more. */
struct as_written {
    char kind;
    double value;
    char flag;
};

/* The widest member first: all that is left to fill is the end. */
struct sorted {
    double value;
    char kind;
    char flag;
};
/* ANCHOR_END: the_same_record */

/* No gaps, and every access to `value` is one to a crooked address. */
struct __attribute__((packed)) packed {
    char kind;
    double value;
    char flag;
};

size_t size_as_written(void)
{
    return sizeof(struct as_written);
}

size_t size_sorted(void)
{
    return sizeof(struct sorted);
}

size_t size_packed(void)
{
    return sizeof(struct packed);
}

size_t offset_of_value(void)
{
    return offsetof(struct as_written, value);
}
