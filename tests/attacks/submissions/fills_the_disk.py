# rows: 32
# exercise: signatures
# tries: fills every folder that it may write to, with one file and with many
# blocked-by: limits
# weaker-in: bubblewrap
# comes-to: wrong-value | wrong-error | crash | exit
# earns: 2

import ctypes
import os
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
written = files = 0
block = b"x" * (1 << 20)
for folder in {os.environ.get("TMPDIR", "/tmp"), "/dev/shm", os.getcwd(), "."}:
    try:
        for number in range(8):
            with open("%s/big-%d" % (folder, number), "wb", 0) as file:
                for _ in range(64):
                    written += file.write(block)
    except OSError:
        pass
    try:
        for number in range(40_000):
            os.close(os.open("%s/small-%d" % (folder, number), os.O_CREAT | os.O_WRONLY))
            files += 1
    except OSError:
        pass


def load(path):
    if written > 300 << 20 or files > 70_000:
        raise RuntimeError("wo" + "n: %d bytes, %d files" % (written, files))
    return ctypes.CDLL(path)
