import signal
import struct
import subprocess
import sys


# ANCHOR: asks_and_survives
class Adder:
    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "far_side.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def add(self, a, b):
        self.process.stdin.write(struct.pack("<dd", a, b))
        self.process.stdin.flush()
        answer = self.process.stdout.read(8)
        if len(answer) < 8:
            died_of = signal.Signals(-self.process.wait()).name
            raise ConnectionError(f"the other process was ended by {died_of}")
        return struct.unpack("<d", answer)[0]
# ANCHOR_END: asks_and_survives

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


# ANCHOR: a_crash_is_an_exception
adder = Adder()
print(adder.add(1.5, 2))
try:
    adder.add(float("nan"), 2)
except ConnectionError as error:
    print(error)
again = Adder()
print(again.add(3, 4))
# ANCHOR_END: a_crash_is_an_exception
again.close()
