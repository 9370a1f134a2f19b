/* Archives of pages. Supplied; nothing to edit here.
 *
 * A library that keeps books. What was freed is marked and never used again, so that a
 * second free, or a use after it, is noticed by name. Most libraries would crash there,
 * or crash later. Only the first misuse is kept: others follow from it. */

#include "archive.h"

#include <stdlib.h>

#define PAGES 16

enum kind { ARCHIVE, READER, PAGE };

struct object {
    enum kind kind;
    int freed;
    struct object *next;
};

struct page {
    struct object object;
    int64_t number;
    archive *owner;
};

struct archive {
    struct object object;
    int32_t room, count, readers;
    page *pages[PAGES];
};

struct reader {
    struct object object;
    archive *archive;
    int32_t at;
};

static struct object *ever_made;
static int32_t alive[3];
static const char *trouble;

static void *make(enum kind kind, size_t size) {
    struct object *made = calloc(1, size);
    if (made == NULL)
        return NULL;
    made->kind = kind;
    made->next = ever_made;
    ever_made = made;
    alive[kind]++;
    return made;
}

static int complain(const char *what) {
    if (trouble == NULL)
        trouble = what;
    return 0;
}

/* Whether this is something of that kind which is still there. */
static int is_good(const void *pointer, enum kind kind, const char *freed, const char *strange) {
    for (struct object *one = ever_made; one != NULL; one = one->next)
        if (one == pointer && one->kind == kind)
            return one->freed ? complain(freed) : 1;
    return complain(strange);
}

/* The reader's archive, if that is still there. */
#define HAS_ARCHIVE(reader, function) \
    is_good((reader)->archive, ARCHIVE, function " was handed a reader whose archive is gone", "")

#define GOOD(pointer, KIND, function, noun) \
    is_good(pointer, KIND, \
            function " was handed " noun " that was freed already", \
            function " was handed what is not " noun " of this library")

static void retire(struct object *object) {
    object->freed = 1;
    alive[object->kind]--;
}

archive *archive_open(int32_t room) {
    archive *self = make(ARCHIVE, sizeof *self);
    if (self != NULL)
        self->room = room < PAGES ? room : PAGES;
    return self;
}

void archive_close(archive *self) {
    if (!GOOD(self, ARCHIVE, "archive_close", "an archive"))
        return;
    if (self->readers > 0)
        complain("archive_close was handed an archive that a reader still reads");
    for (int32_t i = 0; i < self->count; i++)
        retire(&self->pages[i]->object);
    retire(&self->object);
}

int32_t archive_inspect(archive *self) {
    if (!GOOD(self, ARCHIVE, "archive_inspect", "an archive"))
        return -1;
    return self->room > 0 ? 0 : -1;
}

page *page_new(int64_t number) {
    page *self = make(PAGE, sizeof *self);
    if (self != NULL)
        self->number = number;
    return self;
}

int64_t page_number(page *self) {
    return GOOD(self, PAGE, "page_number", "a page") ? self->number : -1;
}

void page_free(page *self) {
    if (!GOOD(self, PAGE, "page_free", "a page"))
        return;
    if (self->owner != NULL)
        complain("page_free was handed a page that belongs to an archive");
    else
        retire(&self->object);
}

int32_t archive_add(archive *self, page *page) {
    if (!GOOD(self, ARCHIVE, "archive_add", "an archive") ||
        !GOOD(page, PAGE, "archive_add", "a page"))
        return -1;
    if (page->owner != NULL) {
        complain("archive_add was handed a page that belongs to an archive");
        return -1;
    }
    if (self->count >= self->room)
        return -1;
    self->pages[self->count++] = page;
    page->owner = self;
    return 0;
}

reader *reader_new(archive *archive) {
    if (!GOOD(archive, ARCHIVE, "reader_new", "an archive"))
        return NULL;
    reader *self = make(READER, sizeof *self);
    if (self == NULL)
        return NULL;
    self->archive = archive;
    archive->readers++;
    return self;
}

int64_t reader_next(reader *self) {
    if (!GOOD(self, READER, "reader_next", "a reader") ||
        !HAS_ARCHIVE(self, "reader_next"))
        return -1;
    return self->at < self->archive->count ? self->archive->pages[self->at++]->number : -1;
}

void reader_free(reader *self) {
    if (!GOOD(self, READER, "reader_free", "a reader") ||
        !HAS_ARCHIVE(self, "reader_free"))
        return;
    self->archive->readers--;
    retire(&self->object);
}

int32_t archives_alive(void) { return alive[ARCHIVE]; }
int32_t readers_alive(void) { return alive[READER]; }
int32_t pages_alive(void) { return alive[PAGE]; }

const char *archive_trouble(void) { return trouble; }
