/* What C itself takes, for comparison: loops that Python calls once. */
#include "tally.h"

#define STEP 6364136223846793005ul

/* `tally_add` is in another file, so each turn is a call. */
long call_many(long times)
{
    long sum = 0;
    for (long i = 0; i < times; i++)
        sum = tally_add(sum, 4);
    return sum;
}

/* The same function where the compiler sees what it does. */
static long visible_add(long a, long b)
{
    return (long)((unsigned long)a + (unsigned long)b);
}

long see_many(long times)
{
    long sum = 0;
    for (long i = 0; i < times; i++)
        sum = visible_add(sum, 4);
    return sum;
}

/* ANCHOR: work_and_its_empty_twin */
/* Some computing: each step needs the one before. */
long work(long seed, long steps)
{
    unsigned long state = (unsigned long)seed;
    for (long i = 0; i < steps; i++)
        state = state * STEP + 1;
    return (long)state;
}

/* The same signature, and nothing inside. */
long idle(long seed, long steps)
{
    return seed;
}
/* ANCHOR_END: work_and_its_empty_twin */

/* `work` as often as somebody wants, without leaving C. */
long work_many(long times, long steps)
{
    long sum = 0;
    for (long i = 0; i < times; i++)
        sum ^= work(i, steps);
    return sum;
}
