"""The program that the tools look at: so many calls, each leaks once, and the last function
not at all."""

from collections import deque

import forgetful

CALLS = {
    "from_malloc": 10,
    "from_pymem": 20,
    "a_float": 30,
    "some_bytes": 40,
    "a_list": 50,
    "untracked_list": 60,
    "tidy": 70,
}

if __name__ == "__main__":
    for name, times in CALLS.items():
        # From one place in C: a tool tells losses apart by their stacks.
        deque(map(getattr(forgetful, name), range(times)), maxlen=0)
