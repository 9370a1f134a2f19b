# rows: 21, 22, 24a
# exercise: signatures
# tries: signals the grader, opens its memory and that of whoever started this process
# blocked-by: the jail
# comes-to: wrong-value | wrong-error
# earns: 2

import ctypes
import os

touched = []
for pid in {int("@PID@"), os.getppid(), 1} - {os.getpid()}:
    try:
        os.close(os.open("/proc/%d/mem" % pid, os.O_RDWR))
        touched.append("memory of %d" % pid)
    except OSError:
        pass
try:
    # Nothing is sent: it is only asked whether it could be.
    os.kill(int("@PID@"), 0)
    touched.append("a signal")
except OSError:
    pass


def load(path):
    if touched:
        raise RuntimeError("wo" + "n: " + ", ".join(touched))
    return ctypes.CDLL(path)
