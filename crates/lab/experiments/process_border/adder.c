#include <stdlib.h>
#include <unistd.h>

#include "adder.h"

long add(long a, long b)
{
    if (a + b == 0)
        abort();
    return a + b;
}

/* Fills the buffer: a pipe may hand over what was sent in parts. 0 when it was closed. */
static int filled(int in, char *buffer, size_t length)
{
    while (length > 0) {
        ssize_t got = read(in, buffer, length);
        if (got <= 0)
            return 0;
        buffer += got;
        length -= (size_t)got;
    }
    return 1;
}

void serve(int in, int out, long length)
{
    long pairs[2 * 1024], sums[1024];
    size_t size = (size_t)length * sizeof(long);
    while (filled(in, (char *)pairs, 2 * size)) {
        for (long i = 0; i < length; i++)
            sums[i] = add(pairs[2 * i], pairs[2 * i + 1]);
        if (write(out, sums, size) != (ssize_t)size)
            return;
    }
}
