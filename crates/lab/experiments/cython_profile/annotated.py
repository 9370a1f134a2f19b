"""Reads the page that `cython -a` writes: the C code below each line, and its calls."""

import re

LINE = re.compile(r'<pre class="cython line score-(\d+)"[^>]*>[^<]*<span class="">0*(\d+)</span>')
CALL = re.compile(r"class='(?:py|pyx)_c_api'")


def lines(page):
    """For each line of the source: its score, and how many calls into Python its C code has."""
    found = {}
    starts = list(LINE.finditer(page))
    ends = [start.start() for start in starts[1:]] + [len(page)]
    for start, end in zip(starts, ends):
        score, number = map(int, start.groups())
        found[number] = score, len(CALL.findall(page, start.end(), end))
    return found


def loop_of(function, source):
    """The numbers of the lines of the loop in a function: `for`, and the line below it."""
    text = source.splitlines()
    begin = next(n for n, line in enumerate(text, 1) if line.startswith(f"def {function}("))
    loop = next(n for n in range(begin, len(text)) if text[n - 1].lstrip().startswith("for "))
    return loop, loop + 1
