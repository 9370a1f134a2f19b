#include <stdint.h>

/* ANCHOR: three_fields */
struct sample {
    uint8_t channel;
    double volts;
    uint16_t flags;
};
/* ANCHOR_END: three_fields */
