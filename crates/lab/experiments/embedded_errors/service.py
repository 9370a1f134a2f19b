"""Prices from a process of its own: a number on a line, a line of JSON back."""

import json
import os
import resource
import sys

resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def price(n):
    if n == 13:
        raise KeyError("colour")
    if n == 99:
        os.abort()
    return n


for line in sys.stdin:
    try:
        answer = {"price": price(int(line))}
    except Exception as error:
        answer = {"kind": type(error).__name__, "error": str(error)}
    print(json.dumps(answer), flush=True)
