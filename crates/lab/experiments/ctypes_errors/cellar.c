#include "cellar.h"

#include <errno.h>
#include <stdio.h>

enum { STOCK = 100, SHELVES = 4 };

/* ANCHOR: a_code_for_an_error */
int cellar_take(int bottles)
{
    if (bottles < 0)
        return CELLAR_NO_SENSE;
    return bottles > STOCK ? CELLAR_EMPTY : STOCK - bottles;
}

int cellar_count(int shelf, int *bottles)
{
    if (shelf < 0 || shelf >= SHELVES)
        return CELLAR_NO_SHELF; /* *bottles stays what it was */
    *bottles = STOCK / SHELVES;
    return CELLAR_OK;
}

int cellar_lock(int key)
{
    if (key >= 0)
        return CELLAR_OK;
    errno = EACCES;
    return -1;
}
/* ANCHOR_END: a_code_for_an_error */

int cellar_errno(void)
{
    return errno;
}

static _Thread_local char last_error[80] = "";
static char last_error_of_anybody[80] = "";

int cellar_order(int bottles)
{
    if (bottles <= STOCK)
        return CELLAR_OK;
    snprintf(last_error, sizeof last_error, "%d bottles are too many", bottles);
    snprintf(last_error_of_anybody, sizeof last_error_of_anybody, "%s", last_error);
    return CELLAR_EMPTY;
}

const char *cellar_last_error(void)
{
    return last_error;
}

const char *cellar_last_error_of_anybody(void)
{
    return last_error_of_anybody;
}

int cellar_temperature(int month)
{
    return month == 1 ? -2 : 11;
}

long long cellar_value(int bottles)
{
    return bottles * (1LL << 32) + 7;
}

const char *cellar_meaning(int code)
{
    switch (code) {
    case CELLAR_EMPTY:
        return "there are not so many bottles";
    case CELLAR_NO_SHELF:
        return "there is no such shelf";
    default:
        return "something else went wrong";
    }
}
