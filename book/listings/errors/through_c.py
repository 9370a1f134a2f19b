import signal
import subprocess
import sys

CALLER = """
import ctypes
library = ctypes.CDLL("./division.so")
try:
    library.divide(1, 0)
except BaseException:
    print("caught", flush=True)
finally:
    print("cleaned up", flush=True)
"""

child = subprocess.run([sys.executable, "-c", CALLER], capture_output=True, text=True)
print("it printed:", child.stdout or "nothing")
print("it died of", signal.Signals(-child.returncode).name)
print("its last words:", child.stderr.splitlines()[-1])
