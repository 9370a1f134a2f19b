# rows: 11, 20, 42
# exercise: signatures
# tries: reads what is in its environment, its descriptors, its parents and every place it knows for hidden checks
# blocked-by: the jail
# comes-to: wrong-value | wrong-error
# earns: 2

import ctypes
import os

# What a hidden check is called; in two parts, so that this file is not what is found.
WANTED = [("refuses_a_missing_" + "argument").encode(), ("canary" + "-").encode()]


def contents():
    yield "the environment", repr(dict(os.environ)).encode()
    for descriptor in range(3, 256):
        try:
            yield "a descriptor", os.pread(descriptor, 1 << 16, 0)
        except OSError:
            pass
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for name in ("exe", "environ", "cmdline"):
            yield from read("/proc/%s/%s" % (pid, name))
    for place in "@PLACES@".split(":"):
        try:
            names = os.listdir(place)
        except OSError:
            continue
        for name in names:
            if name.startswith(("hidden", "secret")):
                yield from read(os.path.join(place, name))


def read(path):
    try:
        with open(path, "rb") as file:
            yield path, file.read(64 << 20)
    except OSError:
        pass


def load(path):
    for place, content in contents():
        if any(wanted in content for wanted in WANTED):
            raise RuntimeError("wo" + "n: " + place)
    return ctypes.CDLL(path)
