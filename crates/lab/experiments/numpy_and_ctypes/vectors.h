/* Loops over doubles, as one writes them. */
#include <stddef.h>

/* The sum. */
double total(const double *numbers, size_t length);

/* Multiplies each by a factor, where it stands. */
void scale(double *numbers, size_t length, double factor);

/* 1 + x (2 + x (3 + 4x)) of each. */
void polynomial(const double *x, double *results, size_t length);
