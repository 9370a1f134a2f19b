"""Postings one by one, collected behind the same interface, and in honest batches."""

import asyncio
import ctypes
import random
import sys
import time

import lab
from accounts import Direct, Finalised, Lazy, Quiet, State, declared
from tasks import Awaited, collect

KINDS = {"direct": Direct, "quiet": Quiet, "lazy": Lazy, "finalised": Finalised}
amounts = [1.0] * 1000
TASKS = 20  # of asyncio
EACH = 50  # postings by each of them


def story(library):
    """What each kind of account answers to the same calls, in the same order."""
    told = {}
    for kind, cls in KINDS.items():
        dice = random.Random(7)
        account = cls(library, State(balance=1000), **({} if kind == "direct" else {"limit": 16}))
        results, seen = [], []
        for _ in range(200):
            results.append(account.post(float(dice.randrange(-5, 20))))
            if dice.random() < 0.1:
                seen.append(account.balance())
        told[kind] = seen + [float(r) for r in results if r is not None]
        seen.append(account.balance())
        told[kind + "_seen"] = seen
    return told


# ANCHOR: refused_in_the_middle
def caller(account):
    """Posts ten times, the third too much. Who is told, and what is posted at the end?"""
    told = "nobody"
    for i in range(10):
        try:
            account.post(-500.0 if i == 2 else 10.0)
        except ValueError:
            told = f"posting {i}"
    try:
        account.balance()
    except ValueError:
        told = "the reader of the balance"
    return told, account.balance()
# ANCHOR_END: refused_in_the_middle


def left_by(path, kind, end):
    """How many of ten postings are in the account after the program that made them."""
    file = lab.scratch / f"{kind}-{end}"
    file.write_bytes(bytes(State()))
    lab.run([sys.executable, "-s", lab.here / "leaver.py", path, file, kind, end])
    return State.from_buffer_copy(file.read_bytes()).postings


def in_tasks(make, post):
    """Times tasks that post, each again and again."""

    def timed(loops):
        async def main():
            account = make()
            begun = time.thread_time_ns()
            await asyncio.gather(*(post(account, loops * EACH) for _ in range(TASKS)))
            return time.thread_time_ns() - begun

        return asyncio.run(main())

    return timed


async def post_directly(account, times):
    for _ in range(times):
        account.post(1.0)


async def post_and_await(account, times):
    for _ in range(times):
        await account.post(1.0)


def through_queue(make):
    def timed(loops):
        async def main():
            account, queue = make(), asyncio.Queue(1000)
            collector = asyncio.create_task(collect(queue, account))
            begun = time.thread_time_ns()
            for _ in range(loops):
                await queue.put(1.0)
            await queue.put(None)
            await collector
            return time.thread_time_ns() - begun

        return asyncio.run(main())

    return timed


lab.time("empty", "for amount in amounts: pass", per=1000, amounts=amounts)
one_by_one = "for amount in amounts: post(amount)"

if native := lab.module("account_ext", for_series=["capi"]):
    lab.time("capi", one_by_one, per=1000, post=native.post, amounts=amounts)
if tally := lab.module("tally_pyo3", for_series=["pyo3"]):
    lab.time("pyo3", "for amount in amounts: add(3, 4)", per=1000, add=tally.add, amounts=amounts)

needs_it = "direct quiet lazy floor honest awaited queued left told_of ends_at same".split()
if path := lab.library("account", for_series=needs_it):
    library = declared(path)
    direct, quiet, lazy = (kind(library, State()) for kind in (Direct, Quiet, Lazy))
    for name, account in [("direct", direct), ("quiet", quiet), ("lazy", lazy)]:
        lab.time(name, one_by_one, per=1000, post=account.post, amounts=amounts)
    read = "[float(b) for b in [post(amount) for amount in amounts]]"
    lab.time("direct_read", read, per=1000, post=direct.post, amounts=amounts)
    lab.time("lazy_read", read, per=1000, post=lazy.post, amounts=amounts)
    # The least that Python can do for a call that is put off.
    floor = "waiting = new('d'); append = waiting.append"
    floor += "\n        for amount in amounts: append(amount)\n        post_batch(waiting)"
    lab.time(
        "floor", floor, per=1000, new=type(quiet._waiting), post_batch=quiet.post_batch,
        amounts=amounts,
    )
    lab.time("honest_list", "post_all(n)", per=1000, post_all=quiet.post_all, n=amounts)
    packed = type(quiet._waiting)("d", amounts)
    lab.time("honest_array", "post_all(n)", per=1000, post_all=quiet.post_all, n=packed)

    new = {"direct": lambda: Direct(library, State()), "quiet": lambda: Quiet(library, State())}
    lab.clocked("awaited_none", in_tasks(new["direct"], post_directly), per=TASKS * EACH)
    awaited = in_tasks(lambda: Awaited(library, State()), post_and_await)
    lab.clocked("awaited", awaited, per=TASKS * EACH)
    lab.clocked("queued", through_queue(new["quiet"]))

    if lab.first:
        told = story(library)
        lab.fact("same_results", told["direct"] == told["lazy"])
        kinds = ("quiet_seen", "lazy_seen", "finalised_seen")
        lab.fact("same_balances", all(told["direct_seen"] == told[kind] for kind in kinds))
        for kind in ("direct", "quiet"):
            told_of, ends_at = caller(new[kind]())
            lab.fact(f"told_of_{kind}", told_of)
            lab.fact(f"ends_at_{kind}", ends_at)
        for kind, end in [
            ("Direct", "killed"), ("Quiet", "closed"), ("Quiet", "left"),
            ("Finalised", "left"), ("Finalised", "killed"),
        ]:
            lab.fact(f"left_{kind.lower()}_{end}", left_by(path, kind, end))
