/* A printing press, and those who are told of its pages. Supplied; nothing to edit here.
 *
 * What matters is when it calls: never in `press_subscribe`, always later, and once more
 * before it lets a reader go. Libraries that deliver events are like that. */

#include "press.h"

#include <stddef.h>

enum { ROOM = 8, PAGES = 1 << 16 };

static struct {
    press_reader reader; /* NULL where there is none */
    void *user;
    size_t read;
} readers[ROOM];

/* What was printed. Nobody is told more than the last PAGES pages. */
static int32_t pages[PAGES];
static size_t printed;

static int is_subscribed(int32_t number) {
    return number >= 0 && number < ROOM && readers[number].reader != NULL;
}

static void deliver_to(int32_t number) {
    while (is_subscribed(number) && readers[number].read < printed) {
        int32_t page = pages[readers[number].read++ % PAGES];
        readers[number].reader(page, readers[number].user);
    }
}

int32_t press_subscribe(press_reader reader, void *user) {
    for (int32_t number = 0; number < ROOM; number++)
        if (readers[number].reader == NULL) {
            readers[number].reader = reader;
            readers[number].user = user;
            readers[number].read = printed;
            return number;
        }
    return -1;
}

int32_t press_replace(int32_t number, press_reader reader, void *user) {
    if (!is_subscribed(number))
        return -1;
    deliver_to(number);
    readers[number].reader = reader;
    readers[number].user = user;
    return 0;
}

int32_t press_unsubscribe(int32_t number) {
    if (!is_subscribed(number))
        return -1;
    deliver_to(number);
    readers[number].reader = NULL;
    return 0;
}

void press_print(int32_t page) {
    pages[printed++ % PAGES] = page;
}

void press_deliver(void) {
    for (int32_t number = 0; number < ROOM; number++)
        deliver_to(number);
}

int32_t press_readers(void) {
    int32_t count = 0;
    for (int32_t number = 0; number < ROOM; number++)
        count += readers[number].reader != NULL;
    return count;
}

void press_close(void) {
    for (int32_t number = 0; number < ROOM; number++)
        readers[number].reader = NULL;
}
