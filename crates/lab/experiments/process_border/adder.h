/* The sum; a sum of zero is a bug, and the process dies of it. */
long add(long a, long b);

/* Answers on `out`: for each `length` pairs that have come on `in`, as many sums. Ends when
   nobody is at the other end any more. At most 1024 pairs at a time. */
void serve(int in, int out, long length);
