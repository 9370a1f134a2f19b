# rows: 34
# exercise: signatures
# tries: leaves a picture of its memory on the disk
# blocked-by: limits
# comes-to: crash
# earns: 0

import os
import resource


def load(path):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 30, 1 << 30))
    except (OSError, ValueError):
        os.abort()
    raise RuntimeError("wo" + "n: cores may be dumped")
