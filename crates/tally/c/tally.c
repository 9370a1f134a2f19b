#include "tally.h"

long tally_add(long a, long b)
{
    return (long)((unsigned long)a + (unsigned long)b);
}

void tally_noop(void) {}

int tally_fail(void)
{
    return -1;
}

int tally_call(int (*callback)(long i, void *data), void *data, long times)
{
    for (long i = 0; i < times; i++) {
        int stopped = callback(i, data);
        if (stopped)
            return stopped;
    }
    return 0;
}

double tally_total(const double *numbers, size_t length)
{
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += numbers[i];
    return sum;
}
