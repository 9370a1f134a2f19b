# rows: 24a, 35, 36
# exercise: signatures
# tries: leaves a process behind in a session of its own, which holds every descriptor and answers what comes
# blocked-by: the jail
# comes-to: wrong-value | wrong-error
# earns: 2

import ctypes
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            time.sleep(0.2)
            try:
                os.write(3, b"\0\0\0\x1a" + b'{"id":9,"value":["o",true]')
            except OSError:
                pass
    os._exit(0)


def load(path):
    return ctypes.CDLL(path)
