"""A program that posts ten times one and leaves. The account lies in a file, which outlives it."""

import mmap
import os
import signal
import sys

import accounts

library, file, kind, end = sys.argv[1:]
with open(file, "r+b") as opened:
    memory = mmap.mmap(opened.fileno(), 0)
state = accounts.State.from_buffer(memory)
account = getattr(accounts, kind)(accounts.declared(library), state)
for _ in range(10):
    account.post(1.0)
if end == "closed":
    account.close()
if end == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
