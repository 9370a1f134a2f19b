"""One account, four times: the caller writes `account.post(amount)` with each of them."""

import ctypes
import weakref
from array import array
from ctypes import c_double, c_size_t, c_void_p


class State(ctypes.Structure):
    """`struct account`."""

    _fields_ = [("balance", c_double), ("postings", ctypes.c_long)]


def declared(path):
    library = ctypes.CDLL(path)
    library.account_post.argtypes = [c_void_p, c_double]
    library.account_post.restype = c_double
    library.account_post_many.argtypes = [c_void_p, c_void_p, c_size_t]
    library.account_post_many.restype = c_size_t
    return library


class Direct:
    """A call for each posting."""

    def __init__(self, library, state):
        self._post, self._state, self._at = library.account_post, state, ctypes.addressof(state)

    def post(self, amount):
        balance = self._post(self._at, amount)
        if balance != balance:  # only what is not a number differs from itself
            raise ValueError(f"a posting of {amount} was refused")
        return balance

    def balance(self):
        return self._state.balance

    def close(self):
        pass


# ANCHOR: collects_and_flushes
class Quiet:
    """Collects postings and makes one call for many. `post` has nothing to return yet."""

    def __init__(self, library, state, limit=1000):
        self._post_many = library.account_post_many
        self._state, self._at = state, ctypes.addressof(state)
        self._limit = limit
        self._waiting = array("d")

    def post(self, amount):
        waiting = self._waiting
        waiting.append(amount)
        if len(waiting) >= self._limit:
            self.flush()

    def balance(self):
        """Whoever asks must not see a state from before his own postings."""
        self.flush()
        return self._state.balance

    def flush(self):
        # A new array first: if the call fails, the old one must not be posted again.
        batch, self._waiting = self._waiting, array("d")
        at, length = batch.buffer_info()
        done = self._post_many(self._at, at, length)
        if done < length:
            dropped = length - done - 1
            raise ValueError(f"a posting of {batch[done]} was refused, {dropped} after it dropped")

    close = flush
# ANCHOR_END: collects_and_flushes


# ANCHOR: a_result_for_later
class Lazy(Quiet):
    """Returns a promise of the balance. The call replaces each amount by its result."""

    def post(self, amount):
        waiting = self._waiting
        later = Later(self, waiting, len(waiting))
        waiting.append(amount)
        if len(waiting) >= self._limit:
            self.flush()
        return later


class Later:
    __slots__ = ("_account", "_batch", "_index")

    def __init__(self, account, batch, index):
        self._account, self._batch, self._index = account, batch, index

    def __float__(self):
        if self._batch is self._account._waiting:
            self._account.flush()
        return self._batch[self._index]
# ANCHOR_END: a_result_for_later


class Finalised(Quiet):
    """Flushes what is left when nobody holds the account any more, or Python ends."""

    def __init__(self, library, state, limit=1000):
        super().__init__(library, state, limit)
        # The callback must not hold the account, or the account would live for ever.
        self._left = left = []
        weakref.finalize(self, post_left, library.account_post_many, state, left)
        left.append(self._waiting)

    def flush(self):
        try:
            super().flush()
        finally:
            self._left[0] = self._waiting


def post_left(post_many, state, left):
    at, length = left[0].buffer_info()
    post_many(ctypes.addressof(state), at, length)


# ANCHOR: collects_from_tasks
class Awaited(Quiet):
    """For tasks of asyncio, which await their result: `await account.post(amount)`."""

    def __init__(self, library, state, loop):
        super().__init__(library, state, limit=float("inf"))
        self._loop, self._futures = loop, []

    def post(self, amount):
        if not self._futures:
            # When all tasks that can run now have run.
            self._loop.call_soon(self._answer)
        self._waiting.append(amount)
        future = self._loop.create_future()
        self._futures.append(future)
        return future

    def _answer(self):
        batch, futures = self._waiting, self._futures
        self._futures = []
        self.flush()
        for future, balance in zip(futures, batch):
            future.set_result(balance)
# ANCHOR_END: collects_from_tasks
