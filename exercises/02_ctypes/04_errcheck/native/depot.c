/* A depot of books under a library. Supplied; nothing to edit here.
 *
 * C promises nothing about errno after a call that went well, so here such calls leave
 * something in it, as those of the C library now and then do. And a pointer that was not
 * given out ends the process with a word, before anything is read from it. */

#include "depot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPOTS = 4, ROOM = 16, COPIES = 100, LOWEST = -3, HIGHEST = 2 };

/* In milligrams: the copies of a book weigh more than 32 bits can count. */
static const int64_t WEIGHT = INT64_C(3000000000);

struct depot {
    int is_open;
    size_t count;
    struct {
        int64_t number;
        int copies, floor;
        char title[40];
    } books[ROOM];
};

static depot depots[DEPOTS];

static void check_depot(const char *function, const depot *self) {
    for (size_t i = 0; i < DEPOTS; i++)
        if (self == &depots[i] && self->is_open)
            return;
    fprintf(stderr, "%s was handed %p, which is no depot of this library\n", function, (const void *)self);
    abort();
}

/* Where a book is among the books, or -1. */
static int place_of(const char *function, const depot *self, int64_t book) {
    check_depot(function, self);
    for (size_t i = 0; i < self->count; i++)
        if (self->books[i].number == book)
            return (int)i;
    return -1;
}

static void went_well(void) {
    errno = ENOTTY;
}

depot *depot_open(const char *name) {
    if (strcmp(name, "stacks") != 0) {
        errno = *name == '\0' ? EINVAL : strcmp(name, "vault") == 0 ? EACCES : ENOENT;
        return NULL;
    }
    for (size_t i = 0; i < DEPOTS; i++)
        if (!depots[i].is_open) {
            memset(&depots[i], 0, sizeof depots[i]);
            depots[i].is_open = 1;
            went_well();
            return &depots[i];
        }
    errno = EMFILE;
    return NULL;
}

void depot_close(depot *self) {
    check_depot("depot_close", self);
    self->is_open = 0;
    went_well();
}

int depot_put(depot *self, int64_t book, int copies) {
    int place = place_of("depot_put", self, book);
    if (copies < 1)
        return -EINVAL;
    if (place < 0 && self->count < ROOM) {
        place = (int)self->count++;
        self->books[place].number = book;
        self->books[place].copies = 0;
        self->books[place].floor = -1;
        if (book != 0)
            snprintf(self->books[place].title, sizeof self->books[place].title, "Book %lld", (long long)book);
    }
    if (place < 0 || copies > COPIES - self->books[place].copies)
        return -ENOSPC;
    went_well();
    return self->books[place].copies += copies;
}

int depot_take(depot *self, int64_t book, int copies) {
    int place = place_of("depot_take", self, book);
    if (copies < 1)
        return -EINVAL;
    if (place < 0)
        return -ENOENT;
    if (copies > self->books[place].copies)
        return -EBUSY;
    went_well();
    return self->books[place].copies -= copies;
}

int64_t depot_weight(const depot *self, int64_t book) {
    int place = place_of("depot_weight", self, book);
    if (place < 0) {
        errno = ENOENT;
        return -1;
    }
    went_well();
    return self->books[place].copies * WEIGHT;
}

int depot_move(depot *self, int64_t book, int floor) {
    int place = place_of("depot_move", self, book);
    if (place < 0)
        errno = ENOENT;
    else if (floor < LOWEST || floor > HIGHEST)
        errno = ENOTDIR;
    else if (self->books[place].copies == COPIES)
        errno = EPERM;
    else {
        self->books[place].floor = floor;
        went_well();
        return 0;
    }
    return -1;
}

int depot_floor(const depot *self, int64_t book) {
    int place = place_of("depot_floor", self, book);
    went_well();
    return place < 0 ? 0 : self->books[place].floor;
}

const char *depot_title(const depot *self, int64_t book) {
    int place = place_of("depot_title", self, book);
    if (place < 0) {
        errno = ENOENT;
        return NULL;
    }
    went_well();
    return self->books[place].title;
}

const char *depot_note(const depot *self, int64_t book) {
    int place = place_of("depot_note", self, book);
    went_well();
    return place >= 0 && self->books[place].copies > 1 ? "there is more than one" : NULL;
}
