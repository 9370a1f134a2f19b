# Two ways back from C into Python: for the length of a call, and for as long as it is set.


cdef class Run:
    """One run of map(), and what ended it. C carries it as `user_data`."""

    cdef object callback
    cdef object raised


# by hand: callback_raises
cdef int visit(uint32_t x, uint32_t y, InkPixel *pixel, void *data) noexcept:
    """An InkMapCallback. map() keeps the GIL, so it is held here too."""
    run = <Run>data
    try:
        # by hand: end
        changed = <Pixel?>run.callback(x, y, Pixel(pixel.r, pixel.g, pixel.b))
        pixel[0] = InkPixel(changed.r, changed.g, changed.b)
        # by hand: callback_raises
        return 0
    except BaseException as error:
        # No exception can pass through C.
        run.raised = error
        return 1


cdef map_with(InkImage *image, callback):
    """Runs ink_image_map with a Python function."""
    run = Run()
    run.callback = callback
    status = ink_image_map(image, visit, <void *>run)
    if run.raised is not None:
        raise run.raised
    check(status)
# by hand: end


# by hand: callback_outlives
# In the module's dictionary, so each interpreter has its own. A `cdef object` would be one for
# the whole process.
_bell = None


cdef void ring(void *data) noexcept with gil:
    """An InkWorkHook: the thread that blurs has let go of the GIL, and takes it for this.

    What the callback raises has nowhere to go: `noexcept` hands it to sys.unraisablehook.
    """
    bell = _bell
    if bell is not None:
        bell()


def on_work(callback):
    """Calls `callback()` whenever a blur has begun, until `on_work(None)`."""
    global _bell
    if callback is not None and not callable(callback):
        raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
    _bell = callback
    if callback is None:
        ink_set_work_hook(NULL, NULL)
    else:
        ink_set_work_hook(ring, NULL)
# by hand: end
