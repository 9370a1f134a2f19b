# rows: 25, 40
# exercise: signatures
# tries: tells the next check what this one was asked, through files and shared memory
# blocked-by: the jail
# weaker-in: bubblewrap
# comes-to: wrong-value | wrong-error
# earns: 2

import ctypes
import os

libc = ctypes.CDLL(None)
IPC_CREAT, IPC_EXCL = 0o1000, 0o2000
found = []
for folder in {os.environ.get("TMPDIR", "/tmp"), "/tmp", "/dev/shm"}:
    try:
        os.close(os.open(folder + "/@MARK@", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        found.append(folder)
    except OSError:
        pass
if libc.shmget(int("@KEY@"), 4096, IPC_CREAT | IPC_EXCL | 0o600) < 0:
    if libc.shmget(int("@KEY@"), 4096, 0) >= 0:
        found.append("shared memory")


def load(path):
    if found:
        raise RuntimeError("wo" + "n: " + ", ".join(found))
    return ctypes.CDLL(path)
