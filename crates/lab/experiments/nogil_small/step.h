/* One step of a random number generator: about a nanosecond of arithmetic. The next step
 * needs the result of this one, so a compiler can neither skip steps nor do two at once. */
static inline unsigned long long step(unsigned long long x)
{
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}
