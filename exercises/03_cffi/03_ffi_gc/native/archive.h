/* Archives of pages. Supplied; nothing to edit here. */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdint.h>

typedef struct archive archive;
typedef struct reader reader;
typedef struct page page;

/* An archive with room for so many pages, and the end of one. It takes the pages that
 * are in it along, and must not come while a reader still reads it. */
archive *archive_open(int32_t room);
void archive_close(archive *self);

/* 0 if an archive is in order, -1 if not: one without room is good for nothing. It has
 * to be closed all the same. */
int32_t archive_inspect(archive *self);

/* A page. The caller's, who frees it. */
page *page_new(int64_t number);
int64_t page_number(page *self);
void page_free(page *self);

/* 0: the archive has taken the page over, and will free it. -1: the archive is full,
 * and the page is still the caller's. */
int32_t archive_add(archive *self, page *page);

/* Reads the pages of an archive in turn; -1 when there are no more. */
reader *reader_new(archive *archive);
int64_t reader_next(reader *self);
void reader_free(reader *self);

/* How many there are that were made and not freed. */
int32_t archives_alive(void);
int32_t readers_alive(void);
int32_t pages_alive(void);

/* The first misuse that the library has noticed, or NULL. */
const char *archive_trouble(void);

#endif
