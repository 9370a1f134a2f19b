/* Tide gauges. Supplied; nothing to edit here. */

#include "tide.h"

static tide_reading last;

void tide_record(long gauge, int phase, bool checked, double temperature, double level) {
    last.phase = (tide_phase)phase;
    last.checked = checked;
    last.gauge = gauge;
    last.temperature = temperature;
    last.level = level;
}

void tide_latest(tide_reading *reading) { *reading = last; }

void tide_send(uint8_t channel, tide_message *message) {
    message->channel = channel;
    message->gauge = last.gauge;
    message->level = last.level;
}

#define WHOLE(type) {#type, "", 0, sizeof(type)}
#define FIELD(type, field) {#type, #field, offsetof(type, field), sizeof(((type *)0)->field)}

/* The compiler does the sums, so the table is right whatever becomes of the header. */
static const tide_row layout[] = {
    WHOLE(tide_reading),
    FIELD(tide_reading, phase),
    FIELD(tide_reading, checked),
    FIELD(tide_reading, temperature),
    FIELD(tide_reading, gauge),
    FIELD(tide_reading, level),
    WHOLE(tide_message),
    FIELD(tide_message, channel),
    FIELD(tide_message, gauge),
    FIELD(tide_message, level),
    {NULL, NULL, 0, 0},
};

const tide_row *tide_layout(void) { return layout; }
