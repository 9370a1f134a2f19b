from collections import deque

import drip


def call(function, times):
    """Calls it from one place in C: valgrind tells losses apart by their stacks."""
    deque(map(function, range(times)), maxlen=0)


call(drip.from_malloc, 10)
call(drip.from_pymem, 20)
call(drip.an_object, 30)
call(drip.dry, 40)
