#include "tea.h"

#include <stdio.h>

int main(void)
{
    /* ANCHOR: two_words_and_what_follows */
    /* Behind the order lies what lies there; here it is another one. */
    struct tea order[2] = {{.cups = 4, .sugar = 2}, {.cups = 9, .sugar = 9}};
    printf("%d lumps for four cups\n", tea_sugar(&order[0]));
    /* ANCHOR_END: two_words_and_what_follows */
    return 0;
}
