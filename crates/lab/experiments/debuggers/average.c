/* What a ctypes user calls: all it gets is an address and a number. */
#include <stddef.h>

double average(const double *numbers, size_t length)
{
    double sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += numbers[i];
    return sum / (double)length;
}
