/* Work of any size behind one door, so that a call can be nearly all door or nearly all
   work. It needs no Python, and ctypes lets go of the GIL meanwhile. */
#include "mill.h"

double mill_grind(long grains)
{
    double flour = 1;
    for (long i = 0; i < grains; i++)
        flour = flour * 0.999 + 0.5;
    return flour;
}

double mill_grind_often(long times, long grains)
{
    double flour = 0;
    for (long i = 0; i < times; i++)
        flour += mill_grind(grains);
    return flour;
}
