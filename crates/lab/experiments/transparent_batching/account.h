/* An account that refuses to be overdrawn. What a posting does depends on those before it. */
#include <stddef.h>

struct account {
    double balance;
    long postings;
};

/* Adds an amount, which may be negative, and returns the new balance; not a number if the
   balance would fall below zero, and then nothing has changed. */
double account_post(struct account *account, double amount);

/* The same for each of an array, in order, until one is refused. Each amount is replaced by
   the balance after it. Returns how many were posted. */
size_t account_post_many(struct account *account, double *amounts, size_t length);
