/* FILL IN: what is bound; nothing to edit for a learner */
/* A library that doubles numbers. Supplied; nothing to edit here. */

#include <stdint.h>

int64_t twice(int64_t n)
{
    return 2 * n;
}
