#include "checksum.h"

static long rounds = 1;

void checksum_set_rounds(long wanted)
{
    rounds = wanted;
}

/* ANCHOR: loop_moved_into_c */
/* Each round needs the result of the one before, and so does each number. The processor
   cannot do two at once, and the compiler cannot leave one out. */
uint64_t checksum_add(uint64_t sum, uint64_t number)
{
    for (long i = 0; i < rounds; i++)
        sum = (sum ^ number) * 0x100000001b3u;
    return sum;
}

uint64_t checksum_add_many(uint64_t sum, const uint64_t *numbers, size_t length)
{
    for (size_t i = 0; i < length; i++)
        sum = checksum_add(sum, numbers[i]);
    return sum;
}
/* ANCHOR_END: loop_moved_into_c */
