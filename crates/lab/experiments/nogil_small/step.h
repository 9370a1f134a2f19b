/* One step of a random number generator: about a nanosecond of arithmetic. The next step
 * needs the result of this one, so a compiler can neither skip steps nor do two at once. */
static inline unsigned step(unsigned x)
{
    return (x * 1103515245u + 12345u) & 0x7fffffffu;
}
