/* A printing press, and those who are told of its pages. Supplied; nothing to edit here. */
#ifndef PRESS_H
#define PRESS_H

#include <stdint.h>

/* Is told of a page. `user` is whatever it was subscribed with. */
typedef void (*press_reader)(int32_t page, void *user);

/* From now on `reader` is told of every page that is printed. Gives a number for
   it, or -1 if there is no room. Numbers that are free are given out again. */
int32_t press_subscribe(press_reader reader, void *user);

/* Puts another reader in the place of one. The old one is first told of the pages
   that wait for it. 0, or -1 if there is no such number. */
int32_t press_replace(int32_t number, press_reader reader, void *user);

/* The end of a subscription. The reader is first told of the pages that wait for
   it. 0, or -1 if there is no such number. */
int32_t press_unsubscribe(int32_t number);

/* Prints a page. Nobody is told yet: it waits. */
void press_print(int32_t page);

/* Tells everybody of every page that waits, in the order of their numbers. */
void press_deliver(void);

/* For whoever looks on: how many readers there are, and the end of all of them
   without another word. */
int32_t press_readers(void);
void press_close(void);

#endif
