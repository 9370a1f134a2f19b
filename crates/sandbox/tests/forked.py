"""What a warm Python forks in these tests: it works out whatever it is asked for."""

import ctypes
import os
import signal
import sys
import tempfile
import time

# The one that forked its keeper, as that calls itself.
WARM = sys._getframe(1).f_globals["me"]
PR_SET_NAME = 15


def is_called(name):
    return ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode(), 0, 0, 0) == 0


def sees(name, pid):
    try:
        seen = [entry for entry in os.listdir("/proc") if entry.isdigit()]
    except OSError:
        seen = []
    for number in seen + [str(pid), "self"]:
        try:
            with open("/proc/%s/comm" % number) as comm:
                if comm.read().strip() == name:
                    return True
        except OSError:
            continue
    return False


def signals(pid):
    if pid == os.getpid():
        # In a namespace the number is its own.
        return False
    try:
        os.kill(pid, 0)
        return True
    except OSError:
        return False


def daemon(name):
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            is_called(name)
            os.write(writing, str(os.getpid()).encode())
            time.sleep(300)
        os._exit(0)
    return int(os.read(reading, 20))


def keeps():
    file = tempfile.NamedTemporaryFile(delete=False)
    file.write(b"mine")
    file.close()
    return file.name


def reads(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return "nothing"


while ask := os.read(3, 4096):
    os.write(3, str(eval(ask)).encode())
