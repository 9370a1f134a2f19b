"""One process of an experiment: runs `measure.py`, then times what it is asked to.

Requests come on descriptor 0, answers go to descriptor 1, a line of JSON each. What the
experiment itself prints goes to standard error.
"""

import json
import os
import runpy
import sys
import traceback


def main():
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.dup2(2, 1)

    def answer(**what):
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    import lab

    try:
        runpy.run_path(sys.argv[1])
    except BaseException:
        answer(error=traceback.format_exc())
        return
    answer(
        series={name: per for name, (_, per) in lab._series.items()},
        facts=lab._facts,
        missing=lab._missing,
    )
    if len(sys.argv) > 2:
        return count(sys.argv[2], sys.argv[3], answer)
    for line in requests:
        request = json.loads(line)
        name = request["name"]
        try:
            if "goal" in request:
                loops, took = lab._calibrate(name, request["goal"])
                answer(loops=loops, took=took)
            else:
                answer(took=lab._measure(name, request["loops"]))
        except BaseException:
            answer(error=traceback.format_exc())
            return


def count(library, names, answer):
    """Under callgrind: runs each series once with the counter on."""
    import ctypes

    import lab

    counter = ctypes.CDLL(library)
    loops = 500
    for name in json.loads(names):
        # Once before: the interpreter specialises what runs often.
        lab._measure(name, loops)
        counter.begin()
        lab._measure(name, loops)
        counter.end()
    answer(loops=loops)


main()
