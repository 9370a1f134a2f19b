/* A library that has never heard of Python. */
long doubled(long n)
{
    return 2 * n;
}
