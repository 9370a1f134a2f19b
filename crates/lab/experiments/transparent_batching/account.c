#include <math.h>

#include "account.h"

double account_post(struct account *account, double amount)
{
    if (account->balance + amount < 0)
        return NAN;
    account->postings++;
    return account->balance += amount;
}

size_t account_post_many(struct account *account, double *amounts, size_t length)
{
    size_t done = 0;
    while (done < length && account->balance + amounts[done] >= 0) {
        amounts[done] = account_post(account, amounts[done]);
        done++;
    }
    return done;
}
