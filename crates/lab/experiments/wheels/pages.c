/* A library without Python in it. */
long turned(long page)
{
    return page + 1;
}
