#include <stddef.h>
#include <stdint.h>

#include "card.h"

card card_heavier(card one, card other) {
    return one.weight > other.weight ? one : other;
}

int32_t card_lend(card *from) {
    return --from->copies;
}

double card_total(const card *cards, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += cards[i].weight * cards[i].copies;
    return total;
}

/* ANCHOR: what_the_compiler_says */
size_t card_size(void) { return sizeof(card); }
size_t card_copies_at(void) { return offsetof(card, copies); }
/* ANCHOR_END: what_the_compiler_says */

/* ANCHOR: writes_in_place */
void title_case(char *text) {
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] -= 'a' - 'A';
}
/* ANCHOR_END: writes_in_place */
