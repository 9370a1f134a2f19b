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

size_t first_above(const double *numbers, size_t length, double limit)
{
    for (size_t i = 0; i < length; i++)
        if (numbers[i] > limit)
            return i;
    return length;
}
