/* A depot of books under a library. Supplied; nothing to edit here.
 *
 * It has grown, and each of its authors said in another way that something had failed. */
#ifndef DEPOT_H
#define DEPOT_H

#include <stdint.h>

/* A depot. What is in it is the library's business. */
typedef struct depot depot;

/* Opens the depot of that name: "stacks". NULL if that fails, and errno is ENOENT (there
   is none of that name), EACCES ("vault" is closed to readers), EINVAL (an empty name) or
   EMFILE (too many are open). */
depot *depot_open(const char *name);

/* Closes it. Cannot fail. */
void depot_close(depot *self);

/* Puts copies of a book there, or takes some away. How many there are afterwards; or,
   if that fails, a number of errno with a minus before it: -EINVAL (not a single copy),
   -ENOSPC (too many), -ENOENT (no such book), -EBUSY (so many are not in). */
int depot_put(depot *self, int64_t book, int copies);
int depot_take(depot *self, int64_t book, int copies);

/* What the copies of a book weigh together, in milligrams. -1 if that fails, and errno is
   ENOENT (no such book). */
int64_t depot_weight(const depot *self, int64_t book);

/* Moves a book to another floor. 0; or -1 if that fails, and errno is ENOENT (no such
   book), ENOTDIR (there is no such floor) or EPERM (a hundred copies are too heavy). */
int depot_move(depot *self, int64_t book, int floor);

/* The floor that a book is on, counted from the street: the basement is -1. Cannot fail;
   what is not there would be on floor 0. */
int depot_floor(const depot *self, int64_t book);

/* The title of a book, which may be empty. NULL if that fails, and errno is ENOENT (no
   such book). The text belongs to the library. */
const char *depot_title(const depot *self, int64_t book);

/* What somebody has noted about a book, or NULL where nobody has. Cannot fail. The text
   belongs to the library. */
const char *depot_note(const depot *self, int64_t book);

#endif
