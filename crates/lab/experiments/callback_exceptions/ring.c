#include "ring.h"

/* ANCHOR: traces */
/* Work that needs a part of the stack, and does not clean up: no C function does. */
__attribute__((noinline)) static void other_work(unsigned char trace)
{
    volatile unsigned char room[4096];
    for (int i = 0; i < (int)sizeof room; i++)
        room[i] = trace;
}

int ring_walk(int steps, unsigned char trace, ring_visit visit, void *user, int *visited)
{
    int answer = 0;
    for (*visited = 0; *visited < steps && answer == 0; ++*visited) {
        other_work(trace);
        answer = visit(*visited, user);
    }
    return answer;
}
/* ANCHOR_END: traces */

void ring_tell(int steps, ring_hear hear, void *user)
{
    for (int number = 0; number < steps; number++)
        hear(number, user);
}
