/* Bells, and who listens to them. Supplied; nothing to edit here. */
#ifndef BELL_H
#define BELL_H

#include <stdint.h>

typedef struct bell bell;

/* A listener: hears a stroke and answers with a number. BELL_STOP ends the ringing.
 * `user` is what was given to `bell_add`, as it was given. */
#define BELL_STOP (-1)
typedef int32_t (*bell_listener)(void *user, int32_t stroke);

/* A bell without listeners, and the end of one. NULL without memory. */
bell *bell_new(void);
void bell_free(bell *self);

/* Adds a listener and returns its number; -1 if there are sixteen already. The bell keeps
 * the `user` until `bell_remove` or `bell_free`, and may pass it on in every stroke. */
int32_t bell_add(bell *self, bell_listener listener, void *user);
void bell_remove(bell *self, int32_t number);

/* Rings so many strokes, counted from 1. Each is heard by all listeners in turn. Returns
 * the sum of their answers, or BELL_STOP as soon as one of them answers with that. */
int64_t bell_ring(bell *self, int32_t strokes);

/* The `user` of a listener, or NULL if there is none of that number. */
void *bell_user(const bell *self, int32_t number);

/* How many answers the bell has had, and the last of them. */
int32_t bell_answers(const bell *self);
int32_t bell_last(const bell *self);

#endif
