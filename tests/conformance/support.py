"""What the tests share: a binding's capabilities, processes of their own, counting references."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import deque
from pathlib import Path

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

# Generous, and only ever waited for in full by what is about to fail.
PATIENCE = 30


class Capabilities:
    """What a binding cannot do, as its `capabilities.toml` says."""

    KEYS = {"point", "why", "binding", "python", "tests"}

    def __init__(self, path, points, binding):
        self.path = path
        self.binding = binding
        text = Path(path).read_text(encoding="utf-8") if path else ""
        table = tomllib.loads(text)
        assert set(table) <= {"cannot"}, f"{path}: unknown table in {sorted(table)}"
        self.cells = table.get("cannot", [])
        for cell in self.cells:
            assert set(cell) <= self.KEYS, f"{path}: unknown key in {cell}"
            assert cell["point"] in points, f"{path}: there is no point `{cell['point']}`"
            assert cell["why"].strip(), f"{path}: `{cell['point']}` gives no reason"

    def cannot(self, point, test):
        for cell in self.cells:
            here = cell.get("binding", self.binding) == self.binding
            here = here and cell["point"] == point and applies(cell.get("python"))
            if here and test in cell.get("tests", [test]):
                return cell
        return None

    def check_tests(self, tests):
        """`tests`: the collected names of each point."""
        for cell in self.cells:
            known = tests.get(cell["point"])
            for name in cell.get("tests", []):
                assert known is None or name in known, f"{self.path}: no test `{name}`"


def applies(condition):
    """Whether `<3.12`, `>=3.12` or both with a comma hold for this Python; nothing always does."""
    for part in condition.replace(" ", "").split(",") if condition else []:
        match = re.fullmatch(r"(<|>=)3\.(\d+)", part)
        assert match, f"`{part}` is neither `<3.N` nor `>=3.N`"
        older = sys.version_info < (3, int(match[2]))
        if older != (match[1] == "<"):
            return False
    return True


class Fresh:
    """A process that has imported the binding as `ink`."""

    def __init__(self, module, gate):
        self.module = module
        self.gate = gate

    def command(self, code):
        head = f"import sys; sys.path[:] = {sys.path!r}\nimport {self.module} as ink\n"
        return [sys.executable, "-X", "faulthandler", "-c", head + textwrap.dedent(code)]

    def run(self, code):
        """Runs `code` to its end and returns what it printed."""
        with tempfile.TemporaryFile("w+") as printed:
            process = subprocess.Popen(self.command(code), stdout=printed, stderr=printed)
            stands_still = wait(process)
            printed.seek(0)
            said = printed.read()[-2000:]
        assert not stands_still, f"the process stands still\n{said}"
        assert process.returncode == 0, f"the process ended with {process.returncode}\n{said}"
        return said

    def at_the_gate(self, code, question="pass"):
        """Whether another Python thread can run while `code` blurs.

        The kernel is stopped at a native gate, which needs no GIL. Only when it has arrived
        there is another thread of that process asked: it runs `question` and answers with the
        nonce it was sent. Returns what it answered, or None if it could not get the GIL.
        """
        gate, gate_inside = socket.socketpair()
        ask, ask_inside = socket.socketpair()
        head = f"""
            import ctypes, os, socket, threading
            os.environ["BINDERY_GATE"] = "{gate_inside.fileno()}"
            probe = ctypes.CDLL({self.gate!r})
            hook = ctypes.CDLL(ink.__library__).ink_set_work_hook
            hook.argtypes, hook.restype = [ctypes.c_void_p, ctypes.c_void_p], None
            judge = socket.socket(fileno={ask_inside.fileno()})
            image, box = ink.Image(8, 8), []
            def answer():
                nonce = judge.recv(64)
                said = "ok"
                try:
                    {question}
                except BaseException as error:
                    said = type(error).__name__
                judge.sendall(nonce + b" " + said.encode())
            thread = threading.Thread(target=answer)
            thread.start()
            hook(ctypes.cast(probe.bindery_pass_gate, ctypes.c_void_p).value, None)
        """
        tail = "hook(None, None)\nthread.join()\n"
        process = subprocess.Popen(
            self.command(textwrap.dedent(head) + textwrap.dedent(code) + "\n" + tail),
            pass_fds=[gate_inside.fileno(), ask_inside.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        gate_inside.close()
        ask_inside.close()
        try:
            gate.settimeout(PATIENCE)
            ask.settimeout(PATIENCE)
            try:
                arrived = gate.recv(1)
            except TimeoutError:
                arrived = b""
            if arrived != b"E":
                process.kill()
                said = process.communicate()[0].decode(errors="replace")
                raise AssertionError(f"the kernel never arrived at the gate\n{said[-2000:]}")
            nonce = os.urandom(8).hex().encode()
            ask.sendall(nonce)
            try:
                answered = ask.recv(256)
            except TimeoutError:
                return None
            gate.sendall(b"G")
            said = process.communicate(timeout=PATIENCE)[0].decode(errors="replace")
            assert process.returncode == 0, said[-2000:]
            echoed, _, answer = answered.partition(b" ")
            assert echoed == nonce
            return answer.decode()
        finally:
            process.kill()
            process.wait()
            gate.close()
            ask.close()


def wait(process):
    """Waits for a process's end. Whether it stood still instead, and was killed.

    It has nobody to wait for, so if all its threads are asleep, look after look, it will not go
    on. A busy machine changes nothing about that: a thread that could run is not asleep. Only one
    that waits for the GIL wakes now and then to ask for it, and then may wait for a processor;
    so of the last thirty looks twenty will do.
    """
    looks = deque(maxlen=30)
    end = time.monotonic() + 4 * PATIENCE
    while time.monotonic() < end and looks.count(True) < 20:
        try:
            process.wait(0.1)
            return False
        except subprocess.TimeoutExpired:
            looks.append(all_asleep(process.pid))
    process.kill()
    process.wait()
    return True


def all_asleep(pid):
    """Whether each thread waits for something; None where that cannot be known."""
    try:
        stats = [p.read_text() for p in Path(f"/proc/{pid}/task").glob("*/stat")]
    except OSError:
        return None
    return bool(stats) and all(stat.rpartition(")")[2].split()[0] == "S" for stat in stats)


def leaked_references(call, watched, calls=200):
    """How many references to `watched` a call leaves behind, or takes away.

    `watched` is mortal and fresh; a tenth of a reference for a call is none, since caches and
    free lists may keep one or two for good.
    """
    spare = [watched] * (2 * calls)  # too many releases are found out, and nobody dies
    for _ in range(20):
        call()
    before = sys.getrefcount(watched)
    for _ in range(calls):
        call()
    after = sys.getrefcount(watched)
    del spare
    return round((after - before) / calls, 1)
