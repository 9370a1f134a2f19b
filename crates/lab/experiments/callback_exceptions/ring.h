/* A C library that calls back. It knows nothing of Python. */
#ifndef RING_H
#define RING_H

/* 0: go on. Anything else: stop. */
typedef int (*ring_visit)(int number, void *user);
/* Without a word that could stop it. */
typedef void (*ring_hear)(int number, void *user);

/* Visits so many numbers, until it is told to stop. Returns the last answer. Before each
 * visit it has other work to do, which leaves its traces on the stack: bytes of `trace`. */
int ring_walk(int steps, unsigned char trace, ring_visit visit, void *user, int *visited);
/* Visits all of them. */
void ring_tell(int steps, ring_hear hear, void *user);

#endif
