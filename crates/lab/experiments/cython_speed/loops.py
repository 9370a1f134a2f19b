"""Two loops in plain Python. Cython compiles this very file, too, as the module `untyped`."""


# ANCHOR: loops_without_types
def dot(a, b):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def primes(n):
    composite = [False] * n
    found = 0
    for i in range(2, n):
        if not composite[i]:
            found += 1
            for k in range(i * i, n, i):
                composite[k] = True
    return found
# ANCHOR_END: loops_without_types
