/* Where the compiler puts the fields, in a table that Python reads. */
#include <stddef.h>

#include "border.h"
#include "structs.h"

struct row {
    const char *name, *field;
    size_t offset, width, size;
};

/* ANCHOR: the_compilers_table */
#define ROW(name, field)                                         \
    {#name, #field, offsetof(struct name, field),                \
     sizeof(((struct name *)0)->field), sizeof(struct name)}
const struct row rows[] = {
    ROW(pixel, r), ROW(pixel, g), ROW(pixel, b),
    ROW(mixed, tag), ROW(mixed, value), ROW(mixed, count),
    ROW(nested, tag), ROW(nested, inner), ROW(nested, tail),
    /* ANCHOR_END: the_compilers_table */
    ROW(arrays, name), ROW(arrays, sizes), ROW(arrays, end),
    ROW(pointers, tag), ROW(pointers, text), ROW(pointers, mode), ROW(pointers, call),
    ROW(wide, tag), ROW(wide, value),
    ROW(choice, tag), ROW(choice, is),
    ROW(packet, tag), ROW(packet, value),
    {NULL, NULL, 0, 0, 0},
};

/* A bit field has no offset, so one is filled for Python to read. */
size_t fill_bits(struct bits *bits)
{
    bits->a = 5;
    bits->b = 100;
    bits->c = 'x';
    bits->d = 1000000;
    return sizeof *bits;
}

struct packet *a_packet(void)
{
    static struct packet packet = {'p', 21.5};
    return &packet;
}

struct reading *a_reading(void)
{
    static struct reading reading = {1, 7, 21.5};
    return &reading;
}

long third(long a, double b, long c)
{
    (void)a;
    (void)b;
    return c;
}
