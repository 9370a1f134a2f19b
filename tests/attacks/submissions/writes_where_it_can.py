# rows: 16, 17, 18, 42, 44, 59
# exercise: signatures
# tries: writes into libraries, caches, records and other answers, and puts a link where the report goes
# blocked-by: the jail
# comes-to: wrong-value | wrong-error
# earns: 2

import ctypes
import os


def load(path):
    for place in "@PLACES@".split(":") + [os.path.dirname(path), os.getcwd()]:
        try:
            with open(os.path.join(place, "@NAME@.trace"), "w") as file:
                file.write("was here")
        except OSError:
            pass
    try:
        os.symlink("@TRAPS@/@NAME@.trace", "../../../report.jsonl")
    except OSError:
        pass
    return ctypes.CDLL(path)
