"""A Python that waits, warm, and forks a subject each time the judge wants one.

What the driver and the declared packages import is imported here, before there is anything of
the learner's to load. A fork is then what a fresh start would be: the same descriptors, a
process group of its own, and the driver from its first line.

The judge asks over one socket: `fork` with the subject's descriptors, `ended PID`, `reap PID`.
Nobody is reaped before the judge says so: until then the number is nobody else's.

In a jail a subject is confined before it is one, and answers for itself, so that the judge
learns from the kernel who it is: process numbers are others in there.
"""

import _socket
import ctypes
import faulthandler
import gc
import importlib.machinery
import importlib.util
import json
import os
import signal
import struct
import sys
import types

CONTROL = 7
# Where the driver looks for its channel, its echo, its stacks and the gate; then what it prints.
PLACES = (3, 4, 5, 6, 1)
DRIVER, PROBE, SITE = sys.argv[1:4]
PR_SET_PDEATHSIG = 1

CONFINE = os.environ.pop("BINDERY_CONFINE", "")


def compiled(path):
    with open(path, encoding="utf-8") as source:
        return compile(source.read(), path, "exec")


driver = compiled(DRIVER)
libc = ctypes.CDLL(None)
# Loaded once: the driver finds it in place.
probe = ctypes.CDLL(PROBE)
if SITE:
    sys.path.append(SITE)
    for package in sys.argv[4:]:
        try:
            module = __import__(package)
            if package == "cffi":
                # Its parser of C makes its tables when it is first used.
                module.FFI().cdef("int warm;")
        except Exception:
            # The learner's own import will say why, where it can be judged.
            pass
    sys.path.remove(SITE)
me = os.getpid()
keepers = None
if CONFINE:
    confine = types.ModuleType("confine")
    exec(compiled(os.path.join(os.path.dirname(DRIVER), "confine.py")), confine.__dict__)
    keepers = confine.Keepers(json.loads(CONFINE))
control = _socket.socket(fileno=CONTROL)
gc.collect()
gc.freeze()


def become_a_subject(descriptors):
    for descriptor, place in zip(descriptors, PLACES):
        os.dup2(descriptor, place)
    os.dup2(1, 2)
    for descriptor in descriptors:
        os.close(descriptor)
    control.detach()
    os.close(CONTROL)
    sys.argv[:] = [DRIVER]
    main = types.ModuleType("__main__")
    main.__file__ = DRIVER
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    return main


def fork_confined(descriptors):
    try:
        number = keepers.fork()
    except OSError as error:
        control.send(("failed: %s" % error).encode()[:60])
        if os.getpid() != me:
            os._exit(1)
        number = None
    if number is not None:
        control.send(str(number).encode())
        return become_a_subject(descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    return None


def fork(descriptors):
    if keepers:
        return fork_confined(descriptors)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != me:
            os._exit(1)
        return become_a_subject(descriptors)
    try:
        os.setpgid(pid, pid)
    except OSError:
        # It has done so itself, or is gone already.
        pass
    for descriptor in descriptors:
        os.close(descriptor)
    control.send(str(pid).encode())
    return None


def ended(pid):
    """How it ended, as wait(2) would say it; nothing while it lives."""
    if keepers:
        return keepers.ended(pid)
    story = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if story is None:
        return "-"
    dumped = 0x80 if story.si_code == os.CLD_DUMPED else 0
    return str(story.si_status << 8 if story.si_code == os.CLD_EXITED else story.si_status | dumped)


def reap(pid):
    if keepers:
        keepers.reap(pid)
    else:
        os.waitpid(pid, 0)


def serve():
    while True:
        words, ancillary, _, _ = control.recvmsg(256, 256)
        descriptors = [
            int.from_bytes(data[i : i + 4], sys.byteorder)
            for _, _, data in ancillary
            for i in range(0, len(data), 4)
        ]
        what, *pid = words.decode().split()
        if what == "fork":
            subject = fork(descriptors)
            if subject is not None:
                return subject
        elif what == "ended":
            control.send(ended(int(pid[0])).encode())
        elif what == "reap":
            reap(int(pid[0]))


try:
    control.send(b"ready")
    subject = serve()
except (OSError, ValueError):
    # The judge has hung up.
    os._exit(0)
exec(driver, subject.__dict__)
