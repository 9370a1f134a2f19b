/* A checksum over numbers. How much work a number makes can be set. */
#include <stddef.h>
#include <stdint.h>

/* From now on a number is worked on in so many rounds. */
void checksum_set_rounds(long rounds);

/* Takes one number into a checksum and returns the new checksum. */
uint64_t checksum_add(uint64_t sum, uint64_t number);

/* The same for each number of an array: the loop is here now. */
uint64_t checksum_add_many(uint64_t sum, const uint64_t *numbers, size_t length);
