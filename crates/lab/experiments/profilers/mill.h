#ifndef MILL_H
#define MILL_H

/* Work that takes about a nanosecond a grain. */
double mill_grind(long grains);

/* The same so many times over, without a border between. */
double mill_grind_often(long times, long grains);

#endif
