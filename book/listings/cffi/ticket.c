#include <stddef.h>
#include <stdint.h>

/* ANCHOR: a_ticket_in_c */
typedef enum __attribute__((packed)) { SINGLE, RETURN } fare; /* one byte */

typedef struct {
    fare fare;
    uint8_t seat;
    int32_t price;
    double distance;
} ticket;
/* ANCHOR_END: a_ticket_in_c */

void ticket_issue(ticket *out);
size_t ticket_size(void);

/* Field by field: what lies in the gaps stays as it was. */
void ticket_issue(ticket *out)
{
    out->fare = RETURN;
    out->seat = 61;
    out->price = 250;
    out->distance = 12.5;
}

/* ANCHOR: the_size_in_c */
size_t ticket_size(void) { return sizeof(ticket); }
/* ANCHOR_END: the_size_in_c */
