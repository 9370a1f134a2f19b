"""The same account for tasks of asyncio."""

import asyncio
from array import array

from accounts import Quiet


# ANCHOR: collects_from_tasks
class Awaited(Quiet):
    """`await account.post(amount)`: one call for all tasks that wait at the same time."""

    def __init__(self, library, state):
        super().__init__(library, state)
        self._futures = []

    def post(self, amount):
        loop = asyncio.get_running_loop()
        if not self._futures:
            loop.call_soon(self.answer)  # when those that can run now have run
        self._waiting.append(amount)
        future = loop.create_future()
        self._futures.append(future)
        return future

    def answer(self):
        futures, self._futures = self._futures, []
        batch = self._waiting
        try:
            self.flush()
        except ValueError:
            pass  # each task is told below
        for future, balance in zip(futures, batch):
            if future.cancelled():
                continue
            if balance != balance:
                future.set_exception(ValueError("this posting, or one before it, was refused"))
            else:
                future.set_result(balance)
# ANCHOR_END: collects_from_tasks


async def collect(queue, account):
    """A task that posts whatever is in the queue, until there is a None."""
    while True:
        batch = array("d")
        amount = await queue.get()
        while amount is not None:
            batch.append(amount)
            if queue.empty():
                break
            amount = queue.get_nowait()
        account.post_batch(batch)
        if amount is None:
            return
