/* Loops over doubles, as one writes them. */
#include <stddef.h>

/* The sum. */
double total(const double *numbers, size_t length);

/* Multiplies each by a factor, where it stands. */
void scale(double *numbers, size_t length, double factor);

/* Where the first number stands that is above a limit; `length` if none is. */
size_t first_above(const double *numbers, size_t length, double limit);
