"""Additions in another process. Run as a program, this file is that process."""

import ctypes
import os
import socket
import struct
import subprocess
import sys

PAIR, SUM = struct.Struct("ll"), struct.Struct("l")


class Service:
    """The near side. `kind` says whether C or Python adds on the far one."""

    def __init__(self, kind, library, length=1, sockets=False):
        command = [sys.executable, "-s", __file__, kind, library, str(length)]
        self.size = length * SUM.size
        if sockets:
            near, far = socket.socketpair()
            self.process = subprocess.Popen(command, stdin=far, stdout=far)
            far.close()
            self.to = self.back = near.detach()
        else:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self.to, self.back = self.process.stdin.fileno(), self.process.stdout.fileno()

    def add(self, a, b):
        os.write(self.to, PAIR.pack(a, b))
        answer = os.read(self.back, SUM.size)
        if not answer:  # the other end is closed: the process is no more
            raise ConnectionError("the service has died")
        return SUM.unpack(answer)[0]

    def add_many(self, packed):
        """Bytes in, bytes out: so many pairs, as many sums."""
        os.write(self.to, packed)
        answer = os.read(self.back, self.size)
        while len(answer) < self.size:
            more = os.read(self.back, self.size - len(answer))
            if not more:
                raise ConnectionError("the service has died")
            answer += more
        return answer

    def end(self):
        """Closing is the message: the far side reads nothing any more, and ends."""
        if self.process.stdin:
            self.process.stdin.close()
            self.process.stdout.close()
        else:
            os.close(self.to)
        return self.process.wait()


def add(a, b):
    return a + b


def serve_in_python():
    while len(pair := os.read(0, PAIR.size)) == PAIR.size:
        os.write(1, SUM.pack(add(*PAIR.unpack(pair))))


if __name__ == "__main__":
    kind, path, length = sys.argv[1:]
    if kind == "python":
        serve_in_python()
    else:
        ctypes.CDLL(path).serve(0, 1, ctypes.c_long(int(length)))
