#include <stdatomic.h>
#include <unistd.h>

static int balance;
static atomic_int inside;

/* ANCHOR: your_own_data */
/* Adds to the balance: reads it, thinks, writes it. */
void deposit(int amount) {
    int before = balance;
    inside++;
    /* Thinks until somebody else is in here too, or for a fifth of a second. */
    for (int i = 0; i < 200 && inside < 2; i++)
        usleep(1000);
    balance = before + amount;
}
/* ANCHOR_END: your_own_data */

int take_all(void) {
    int all = balance;
    balance = inside = 0;
    return all;
}
