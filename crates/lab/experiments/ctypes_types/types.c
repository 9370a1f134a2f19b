/* Functions of a few types, whose results tell what arrived. */

int add(int a, int b)
{
    return (int)((unsigned)a + (unsigned)b);
}

long same_long(long a)
{
    return a;
}

double half(double x)
{
    return x / 2;
}

void *same(void *p)
{
    return p;
}

int is_null(const void *p)
{
    return p == 0;
}

int first_letter(const char *text)
{
    return *text;
}
