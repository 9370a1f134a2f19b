/* The library behind quire.h. It knows nothing of Python. */
#include "quire.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

int32_t quire_sheets(int32_t pages) { return pages / 4 + (pages % 4 > 0); }

char *quire_spine(const char *title)
{
    size_t size = strlen(title) + 1;
    char *spine = malloc(size);
    if (spine == NULL)
        return NULL;
    for (size_t i = 0; i < size; i++)
        spine[i] = title[i] >= 'a' && title[i] <= 'z' ? title[i] - 'a' + 'A' : title[i];
    return spine;
}

void quire_text_free(char *text) { free(text); }

struct quire_block {
    int32_t at_most;
    int32_t sheets;
};

static atomic_int_fast32_t alive;

quire_block *quire_block_new(int32_t at_most)
{
    quire_block *block = malloc(sizeof *block);
    if (block == NULL)
        return NULL;
    block->at_most = at_most;
    block->sheets = 0;
    alive++;
    return block;
}

int32_t quire_block_sheets(const quire_block *block) { return block->sheets; }

void quire_block_free(quire_block *block)
{
    if (block == NULL)
        return;
    free(block);
    alive--;
}

int32_t quire_blocks_alive(void) { return alive; }

int32_t quire_block_sew(quire_block *block, int32_t sheets)
{
    if (sheets < 1)
        return QUIRE_NO_SHEETS;
    if (sheets > block->at_most - block->sheets)
        return QUIRE_TOO_THICK;
    block->sheets += sheets;
    return 0;
}

const char *quire_error(int32_t code)
{
    switch (code) {
    case 0:
        return "no error";
    case QUIRE_NO_SHEETS:
        return "no sheets to sew";
    case QUIRE_TOO_THICK:
        return "the block gets too thick";
    default:
        return "no code of this library";
    }
}

/* Puts leaf after leaf between those that lie folded already. Leaf n hangs on leaf n-1 by a
 * crease, on the left or on the right in turn, and creases of one side must not cross. */
static uint64_t fold(int8_t *place, int32_t done, int32_t leaves)
{
    if (done == leaves)
        return 1;
    uint64_t ways = 0;
    for (int32_t here = 0; here <= done; here++) {
        for (int32_t leaf = 0; leaf < done; leaf++)
            place[leaf] += place[leaf] >= here;
        place[done] = (int8_t)here;
        int crosses = 0;
        for (int32_t leaf = (done + 1) % 2; done > 0 && leaf + 1 < done; leaf += 2) {
            int8_t low = place[done - 1] < here ? place[done - 1] : (int8_t)here;
            int8_t high = place[done - 1] < here ? (int8_t)here : place[done - 1];
            int one = place[leaf] > low && place[leaf] < high;
            int other = place[leaf + 1] > low && place[leaf + 1] < high;
            crosses |= one != other;
        }
        if (!crosses)
            ways += fold(place, done + 1, leaves);
        for (int32_t leaf = 0; leaf < done; leaf++)
            place[leaf] -= place[leaf] > here;
    }
    return ways;
}

uint64_t quire_foldings(int32_t leaves)
{
    int8_t place[64];
    return leaves < 1 || leaves > 64 ? 0 : fold(place, 0, leaves);
}
