#include <errno.h>

/* ANCHOR: minus_one_and_errno */
/* The bottles on a shelf, or -1 and errno. */
int bottles(int shelf)
{
    if (shelf > 9) {
        errno = ENOENT;
        return -1;
    }
    return shelf * 7;
}
/* ANCHOR_END: minus_one_and_errno */

/* ANCHOR: asks_each_shelf */
/* Asks about shelves, and stops when one says -1. How many it asked about. */
int inspect(int shelves, int (*look)(int shelf))
{
    for (int shelf = 0; shelf < shelves; shelf++) {
        if (look(shelf) == -1) {
            return shelf + 1;
        }
    }
    return shelves;
}
/* ANCHOR_END: asks_each_shelf */
