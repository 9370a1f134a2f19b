/* Tide gauges. Supplied; nothing to edit here. */
#ifndef TIDE_H
#define TIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the water does. A gauge has little memory, so it is one byte. */
typedef enum __attribute__((packed)) {
    TIDE_EBB,
    TIDE_SLACK,
    TIDE_FLOOD
} tide_phase;

/* A reading, as a program uses it. */
typedef struct {
    tide_phase phase;
    bool checked; /* a person has looked at it */
    double temperature; /* of the water, since version 2 */
    long gauge;
    double level;
} tide_reading;

/* The same as it comes by radio: without gaps. */
typedef struct __attribute__((packed)) {
    uint8_t channel;
    int64_t gauge;
    double level;
} tide_message;

/* Keeps a reading, in place of the one that was there. */
void tide_record(long gauge, int phase, bool checked, double temperature, double level);

/* Fills in what was recorded last, in the one form and in the other. */
void tide_latest(tide_reading *reading);
void tide_send(uint8_t channel, tide_message *message);

/* What the compiler made of the structs: a row for each field, and a row with an empty
 * `field` for the struct as a whole, at offset 0. The last row has a NULL for `type`. */
typedef struct {
    const char *type;
    const char *field;
    size_t offset;
    size_t size;
} tide_row;

const tide_row *tide_layout(void);

#endif
