"""What C code does to a Python program when it does not look: each case in this process alone.

Run as `careless.py CASE`; prints one line of JSON.
"""

import json
import resource
import sys

import application

# Whoever crashes leaves no memory image behind.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# ANCHOR: a_price_and_a_neighbour
def price(n):
    raise KeyError("colour")


def neighbour():
    return len("abc")
# ANCHOR_END: a_price_and_a_neighbour


def leave(n):
    sys.exit(3)


def told(function, *arguments):
    """The exception that comes out, what it says, and the exception that it names as its cause."""
    try:
        return [repr(function(*arguments)), "", "nothing"]
    except BaseException as error:
        return [type(error).__name__, str(error), type(error.__cause__).__name__]


CASES = {
    "look_away": lambda: told(application.look_away, price),
    "use_null": lambda: told(application.use_null, price),
    "release_null": lambda: told(application.release_null, price),
    "call_on": lambda: told(application.call_on, price, neighbour),
    "print_it": lambda: told(application.print_it, price),
    "print_an_exit": lambda: told(application.print_it, leave),
}

if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]]()))
