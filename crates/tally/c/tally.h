/* Functions that do next to nothing, so that what is measured is the way to them. */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The sum. */
long tally_add(long a, long b);

/* Nothing. */
void tally_noop(void);

/* Always -1, which means a failure. */
int tally_fail(void);

/* Calls back so many times; anything but 0 stops it and is returned. */
int tally_call(int (*callback)(long i, void *data), void *data, long times);

/* The sum of `length` numbers. */
double tally_total(const double *numbers, size_t length);

#ifdef __cplusplus
}
#endif

#endif
