#include "vectors.h"

double total(const double *numbers, size_t length)
{
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += numbers[i];
    return sum;
}

void scale(double *numbers, size_t length, double factor)
{
    for (size_t i = 0; i < length; i++)
        numbers[i] *= factor;
}

void polynomial(const double *x, double *results, size_t length)
{
    for (size_t i = 0; i < length; i++)
        results[i] = 1 + x[i] * (2 + x[i] * (3 + x[i] * 4));
}
