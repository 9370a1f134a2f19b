/* quire: what a bookbinder counts. Five things that every library does, each once. */
#ifndef QUIRE_H
#define QUIRE_H

#include <stdint.h>

/* ANCHOR: a_call */
/* How many sheets so many pages need. A sheet, folded once, has four. */
int32_t quire_sheets(int32_t pages);
/* ANCHOR_END: a_call */

/* ANCHOR: a_string */
/* What goes on the spine: the title, in UTF-8, its letters a to z made
 * large. The text is the caller's, who gives it back to `quire_text_free`.
 * NULL if there is no memory for it. */
char *quire_spine(const char *title);
void quire_text_free(char *text);
/* ANCHOR_END: a_string */

/* ANCHOR: a_struct_with_an_owner */
/* The block of a book: sheets that are sewn to each other. Whoever made it
 * frees it, once. NULL if there is no memory for it. */
typedef struct quire_block quire_block;
quire_block *quire_block_new(int32_t at_most);
int32_t quire_block_sheets(const quire_block *block);
void quire_block_free(quire_block *block);

/* How many blocks were made and not freed. */
int32_t quire_blocks_alive(void);
/* ANCHOR_END: a_struct_with_an_owner */

/* ANCHOR: an_error */
/* Sews more sheets to a block. 0, or a code below 0 and the block is as it
 * was. */
#define QUIRE_NO_SHEETS (-1)
#define QUIRE_TOO_THICK (-2)
int32_t quire_block_sew(quire_block *block, int32_t sheets);

/* What a code means. The text is static: nobody frees it. */
const char *quire_error(int32_t code);
/* ANCHOR_END: an_error */

/* ANCHOR: a_long_computation */
/* In how many ways a strip of so many leaves can be folded onto the size of
 * one. Each leaf more takes about three times as long. */
uint64_t quire_foldings(int32_t leaves);
/* ANCHOR_END: a_long_computation */

#endif
