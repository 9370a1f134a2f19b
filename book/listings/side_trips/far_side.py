"""A process that adds, until it is asked to read an address that nobody has."""
import ctypes
import struct
import sys


# ANCHOR: answers_until_it_dies
def serve():
    read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
    while request := read(16):
        a, b = struct.unpack("<dd", request)
        if a != a:  # not a number: the planted bug
            ctypes.string_at(1)
        write(struct.pack("<d", a + b))
        sys.stdout.buffer.flush()
# ANCHOR_END: answers_until_it_dies


if __name__ == "__main__":
    serve()
