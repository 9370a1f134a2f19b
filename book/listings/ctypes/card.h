/* ANCHOR: cards */
typedef struct {
    char letter;
    double weight;
    int32_t copies;
} card;

card card_heavier(card one, card other);    /* by value */
int32_t card_lend(card *from);              /* by reference: how many are left */
double card_total(const card *cards, size_t count);
/* ANCHOR_END: cards */
