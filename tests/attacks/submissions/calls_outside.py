# rows: 37, 38
# exercise: signatures
# tries: reports to somebody by TCP, by UDP, and by sockets with a path and with a name
# blocked-by: the jail
# comes-to: wrong-value | wrong-error
# earns: 2

import _socket as s
import ctypes

for family, kind, address in [
    (s.AF_INET, s.SOCK_STREAM, ("127.0.0.1", int("@TCP@"))),
    (s.AF_INET, s.SOCK_DGRAM, ("127.0.0.1", int("@UDP@"))),
    (s.AF_UNIX, s.SOCK_STREAM, "@TRAPS@/socket"),
    (s.AF_UNIX, s.SOCK_STREAM, b"\0@MARK@"),
]:
    try:
        call = s.socket(family, kind)
        call.connect(address)
        call.send(b"@NAME@")
        call.close()
    except OSError:
        pass


def load(path):
    return ctypes.CDLL(path)
