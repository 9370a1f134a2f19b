/* C memory that is counted, and a loop. */
#include <stdlib.h>

static int living;

/* ANCHOR: who_frees_a_thing */
int *thing_new(void)
{
    living++;
    return malloc(sizeof(int));
}

void thing_free(int *thing)
{
    living--;
    free(thing);
}

int thing_living(void)
{
    return living;
}
/* ANCHOR_END: who_frees_a_thing */

/* The last of so many random numbers: each step needs the one before, so that no compiler
   can do without the loop. */
unsigned spin(unsigned times)
{
    unsigned x = 1;
    for (unsigned i = 0; i < times; i++)
        x = (x * 1664525u + 1013904223u) & 0xffffffffu;
    return x;
}

void double_all(double *numbers, size_t length)
{
    for (size_t i = 0; i < length; i++)
        numbers[i] *= 2;
}

double total(const double *numbers, size_t length)
{
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += numbers[i];
    return sum;
}
