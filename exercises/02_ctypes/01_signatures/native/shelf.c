/* A shelf of books. Supplied; nothing to edit here.
 *
 * A library that looks before it reads: a pointer that it never gave out is
 * reported and ends the process, where most libraries would read from there
 * and crash, or crash later. And each shelf lies above 4 GiB, so that a pointer
 * cut to 32 bits is a wrong pointer on every machine and not on some. */

#include "shelf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if UINTPTR_MAX <= UINT32_MAX
#error "this exercise needs 64-bit pointers"
#endif

#define ROOM 64
#define SHELVES 16
#define TEXTS 64

struct shelf {
    size_t count;
    int64_t books[ROOM];
};

/* What was given out and has not come back. */
static shelf *shelves[SHELVES];
static char *texts[TEXTS];

static void refuse(const char *function, const void *got, const char *what) {
    fprintf(stderr, "%s was handed %p, which is no %s of this library\n", function, got, what);
    for (size_t i = 0; i < SHELVES; i++)
        if (shelves[i] != NULL && strcmp(what, "shelf") == 0)
            fprintf(stderr, "a shelf is at %p\n", (void *)shelves[i]);
    for (size_t i = 0; i < TEXTS; i++)
        if (texts[i] != NULL && strcmp(what, "text") == 0)
            fprintf(stderr, "a text is at %p\n", (void *)texts[i]);
    abort();
}

static void check_shelf(const char *function, const shelf *self) {
    for (size_t i = 0; i < SHELVES; i++)
        if (self != NULL && shelves[i] == self)
            return;
    refuse(function, self, "shelf");
}

double spine_width(size_t leaves, double thickness) {
    return (double)leaves * thickness;
}

int64_t isbn_of(const char *text) {
    int64_t number = 0;
    for (; *text != '\0'; text++)
        if (*text >= '0' && *text <= '9' && number < INT64_MAX / 10 - 1)
            number = number * 10 + (*text - '0');
    return number;
}

bool isbn_is_valid(int64_t isbn) {
    if (isbn / INT64_C(10000000000) != 978 && isbn / INT64_C(10000000000) != 979)
        return false;
    int64_t sum = 0;
    for (int place = 0; place < 13; place++, isbn /= 10)
        sum += isbn % 10 * (place % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
}

const char *isbn_language(int64_t isbn) {
    switch (isbn / INT64_C(1000000000)) {
    case 9780:
    case 9781:
        return "English";
    case 9782:
        return "French";
    case 9783:
        return "German";
    case 9784:
        return "Japanese";
    default:
        return "another";
    }
}

shelf *shelf_new(void) {
    size_t free_slot = 0;
    while (free_slot < SHELVES && shelves[free_slot] != NULL)
        free_slot++;
    if (free_slot == SHELVES)
        return NULL;
    /* The address is a wish: one whose lower half is easy to recognise. */
    for (uintptr_t wish = 0x512340000 + free_slot * 0x100000; ; wish += 0x100000000) {
        void *page = mmap((void *)wish, sizeof(shelf), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
        if (page == MAP_FAILED)
            return NULL;
        if ((uintptr_t)page > UINT32_MAX)
            return shelves[free_slot] = page;
        munmap(page, sizeof(shelf));
    }
}

void shelf_free(shelf *self) {
    check_shelf("shelf_free", self);
    for (size_t i = 0; i < SHELVES; i++)
        if (shelves[i] == self)
            shelves[i] = NULL;
    munmap(self, sizeof(shelf));
}

bool shelf_put(shelf *self, int64_t isbn) {
    check_shelf("shelf_put", self);
    if (self->count == ROOM || !isbn_is_valid(isbn))
        return false;
    self->books[self->count++] = isbn;
    return true;
}

size_t shelf_count(const shelf *self) {
    check_shelf("shelf_count", self);
    return self->count;
}

char *shelf_list(const shelf *self, bool newest_first) {
    check_shelf("shelf_list", self);
    size_t free_slot = 0;
    while (free_slot < TEXTS && texts[free_slot] != NULL)
        free_slot++;
    char *text = free_slot < TEXTS ? malloc(ROOM * 14 + 1) : NULL;
    if (text == NULL)
        return NULL;
    char *end = text;
    *end = '\0';
    for (size_t i = 0; i < self->count; i++) {
        size_t at = newest_first ? self->count - 1 - i : i;
        end += sprintf(end, "%" PRId64 "\n", self->books[at]);
    }
    return texts[free_slot] = text;
}

void shelf_list_free(char *text) {
    for (size_t i = 0; i < TEXTS; i++)
        if (text != NULL && texts[i] == text) {
            texts[i] = NULL;
            free(text);
            return;
        }
    refuse("shelf_list_free", text, "text");
}
