/* A small C library that says how it went in the four ways that C libraries have. */
#ifndef CELLAR_H
#define CELLAR_H

enum { CELLAR_OK = 0, CELLAR_EMPTY = -1, CELLAR_NO_SHELF = -2, CELLAR_NO_SENSE = -3 };

/* A code: how many bottles are left, or a negative number. */
int cellar_take(int bottles);
/* A code, and the result through a pointer that the caller provides. */
int cellar_count(int shelf, int *bottles);
/* -1 and a number in errno, as the operating system does it. */
int cellar_lock(int key);
/* What errno is now, for this thread. */
int cellar_errno(void);
/* A code, and the words for it: the last error of the calling thread, and of anybody. */
int cellar_order(int bottles);
const char *cellar_last_error(void);
const char *cellar_last_error_of_anybody(void);

/* No error at all: winters are cold. */
int cellar_temperature(int month);
/* More than an int holds. */
long long cellar_value(int bottles);
/* What a code means, in words that live for ever. */
const char *cellar_meaning(int code);

#endif
