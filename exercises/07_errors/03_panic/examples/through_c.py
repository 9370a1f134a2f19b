"""Divides by zero through the C ABI, in a process that is there to be lost.

$ cargo build -p panic --example division
$ python3 exercises/07_errors/03_panic/examples/through_c.py target/debug/examples/libdivision.so
"""

import signal
import subprocess
import sys

# ANCHOR: nobody_catches_it
CALLER = """
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
try:
    library.divide(1, 0)
except BaseException:
    print("caught", flush=True)
finally:
    print("cleaned up", flush=True)
"""

child = subprocess.run([sys.executable, "-c", CALLER, sys.argv[1]], capture_output=True, text=True)
print("it printed:", child.stdout or "nothing")
print("it died of", signal.Signals(-child.returncode).name)
print("its last words:", child.stderr.splitlines()[-1])
# ANCHOR_END: nobody_catches_it
