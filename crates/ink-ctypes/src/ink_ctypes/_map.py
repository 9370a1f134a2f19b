"""Two ways back from C into Python: for the length of a call, and for as long as it is set."""

from . import _library as c
from ._pixel import Pixel


def mapped(handle, callback):
    """Runs ink_image_map with a Python function."""
    if not callable(callback):
        raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
    # by hand: callback_raises
    raised = []

    # No exception can pass through C. ctypes would print it and give C whatever lay there.
    def visit(x, y, pixel, _):
        try:
            # by hand: end
            pixel[0] = Pixel._to_c(callback(x, y, Pixel._from_c(pixel[0])))
            # by hand: callback_raises
        except BaseException as error:
            raised.append(error)
            return 1
        return 0

    # The thunk that C calls is a Python object. This name keeps it during the call.
    thunk = c.MapCallback(visit)
    try:
        c.image_map(handle, thunk, None)
    except c.InkError:
        if not raised:
            raise
    if raised:
        raise raised.pop()
    # by hand: end


# by hand: callback_outlives
# One thunk, which lives as long as the module does. A thunk for each callback would be freed by
# `on_work(None)`, which the callback itself may say while the machine is still inside the thunk.
_current = None


@c.WorkHook
def _ring(_):
    callback = _current
    if callback is not None:
        # What it raises has nowhere to go. ctypes hands it to sys.unraisablehook.
        callback()


def on_work(callback):
    """Calls `callback()` whenever a blur has begun, until `on_work(None)`."""
    global _current
    if callback is not None and not callable(callback):
        raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
    _current = callback
    c.set_work_hook(None if callback is None else c.address(_ring), None)


# by hand: end
