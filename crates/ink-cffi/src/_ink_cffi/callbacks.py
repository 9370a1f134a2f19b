"""Two ways back from C into Python: for the length of a call, and for as long as it is set.

Both modes give C one function for each way, which lives as long as the module does. In ABI mode
it is made by `ffi.callback`, in API mode it is compiled and filled in by `ffi.def_extern`.
"""

import atexit


class Run:
    """One run of map(), and what ended it. C carries it as `user_data`."""

    def __init__(self, pixel_type, callback):
        self.pixel_type, self.callback, self.raised = pixel_type, callback, None


class Callbacks:
    """What the two functions do, for one `ffi`."""

    def __init__(self, library):
        self._library, self._ffi = library, library.ffi
        self._bell = None
        # What C is given as an address. The mode puts it here.
        self.to_visit = self.to_ring = None

    def visit(self, x, y, pixel, data):
        """An InkMapCallback. cffi has taken the GIL for it."""
        run = self._ffi.from_handle(data)
        # `pixel[0]` is not a copy: it is a window into memory that C lends for this call.
        changed = run.callback(x, y, run.pixel_type.from_c(pixel[0]))
        pixel[0] = run.pixel_type.to_c(changed)
        return 0

    # by hand: callback_raises
    @staticmethod
    def lay_aside(kind, error, traceback):
        """The `onerror` of `visit`: no exception can pass through C, so it waits in the run.

        cffi gives no `user_data` here. Its documentation sends us to the frame of `visit`.
        """
        traceback.tb_frame.f_locals["run"].raised = error.with_traceback(traceback)

    def map(self, image, pixel_type, callback):
        """Runs ink_image_map with a Python function."""
        run = Run(pixel_type, callback)
        # The address is good as long as this object lives: C's copy of it keeps nothing.
        data = self._ffi.new_handle(run)
        status = self._library.lib.ink_image_map(image, self.to_visit, data)
        if run.raised is not None:
            try:
                raise run.raised
            finally:
                run.raised = None  # its traceback holds this frame: a cycle
        self._library.check(status)

    # by hand: end
    # by hand: callback_outlives
    def ring(self, _):
        """An InkWorkHook. What it raises has nowhere to go: cffi tells sys.unraisablehook."""
        bell = self._bell
        if bell is not None:
            bell()

    def on_work(self, callback):
        """Calls `callback()` whenever a blur has begun, until `on_work(None)`."""
        if callback is not None and not callable(callback):
            raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
        self._bell = callback
        null = self._ffi.NULL
        self._library.lib.ink_set_work_hook(null if callback is None else self.to_ring, null)
        # A second interpreter may end while the process goes on: its functions are gone then.
        atexit.unregister(self._fall_silent)
        if callback is not None:
            atexit.register(self._fall_silent)

    def _fall_silent(self):
        self.on_work(None)

    # by hand: end
