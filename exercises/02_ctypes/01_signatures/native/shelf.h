/* A shelf of books. Supplied; nothing to edit here. */
#ifndef SHELF_H
#define SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How wide a row of so many leaves stands, when one leaf is so thick. */
double spine_width(size_t leaves, double thickness);

/* The digits of a text as one number: "978-3-16-148410-0" is 9783161484100. */
int64_t isbn_of(const char *text);

/* Whether the last digit of a 13-digit number is the one it has to be. */
bool isbn_is_valid(int64_t isbn);

/* The language that a number stands for. The text belongs to the library and
   is never freed. */
const char *isbn_language(int64_t isbn);

/* A shelf. What is in it is the library's business. */
typedef struct shelf shelf;

/* An empty shelf, and the end of one. */
shelf *shelf_new(void);
void shelf_free(shelf *self);

/* Adds a book; false if the number is not valid or the shelf is full. */
bool shelf_put(shelf *self, int64_t isbn);

/* How many books there are. */
size_t shelf_count(const shelf *self);

/* The numbers, one to a line, from the newest to the oldest if so wished. The
   text is the caller's, who gives it back with `shelf_list_free`. */
char *shelf_list(const shelf *self, bool newest_first);
void shelf_list_free(char *text);

#endif
