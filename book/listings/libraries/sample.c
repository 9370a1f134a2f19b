#include "sample.h"

#include <stddef.h>

/* ANCHOR: the_compiler_says */
const size_t sample_layout[4] = {
    sizeof(struct sample),
    offsetof(struct sample, channel),
    offsetof(struct sample, volts),
    offsetof(struct sample, flags),
};
/* ANCHOR_END: the_compiler_says */

/* ANCHOR: by_value */
struct sample sample_scaled(struct sample s, double factor)
{
    s.volts *= factor;
    return s;
}
/* ANCHOR_END: by_value */
