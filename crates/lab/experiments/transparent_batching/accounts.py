"""One account, four times: the caller writes `account.post(amount)` with each of them."""

import ctypes
import math
import weakref
from array import array
from ctypes import c_double, c_long, c_size_t, c_void_p


class State(ctypes.Structure):
    """`struct account`."""

    _fields_ = [("balance", c_double), ("postings", c_long)]


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


class Quiet:
    """Collects postings and makes one call for many. `post` has nothing to return yet.

    For one thread: with several, each method would need a lock around all that it does.
    """

    def __init__(self, library, state, limit=1000):
        self._post_many = library.account_post_many
        self._state, self._at = state, ctypes.addressof(state)
        self._limit = limit
        self._waiting = array("d")

    # ANCHOR: collects_and_flushes
    def post(self, amount):
        waiting = self._waiting
        waiting.append(amount)
        if len(waiting) >= self._limit:
            self.flush()

    def balance(self):
        self.flush()  # who asks must see what was posted before
        return self._state.balance

    def flush(self):
        # A new array first: if the call fails, the old one must not be posted again.
        batch, self._waiting = self._waiting, array("d")
        self.post_batch(batch)
    # ANCHOR_END: collects_and_flushes

    close = flush

    def post_batch(self, batch):
        """Replaces each amount by the balance after it, or by nan where it was not posted."""
        at, length = batch.buffer_info()
        done = self._post_many(self._at, at, length)
        if done < length:
            refused = batch[done]
            for i in range(done, length):
                batch[i] = math.nan
            dropped = length - done - 1
            raise ValueError(f"a posting of {refused} was refused, {dropped} after it dropped")

    def post_all(self, amounts):
        """An honest interface: many in, many out."""
        self.flush()
        batch = array("d", amounts)
        self.post_batch(batch)
        return batch


# ANCHOR: a_result_for_later
class Lazy(Quiet):
    """`post` returns a promise of the balance."""

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
        balance = self._batch[self._index]  # by now the result stands where the amount was
        if balance != balance:
            raise ValueError("this posting, or one before it, was refused")
        return balance
# ANCHOR_END: a_result_for_later


class Finalised(Quiet):
    """Posts what is left when nobody holds the account any more, or Python ends."""

    def __init__(self, library, state, limit=1000):
        super().__init__(library, state, limit)
        # What is called then must not hold the account, or that would live for ever.
        self._left = [self._waiting]
        weakref.finalize(self, post_left, library.account_post_many, state, self._left)

    def flush(self):
        try:
            super().flush()
        finally:
            self._left[0] = self._waiting


def post_left(post_many, state, left):
    at, length = left[0].buffer_info()
    post_many(ctypes.addressof(state), at, length)
