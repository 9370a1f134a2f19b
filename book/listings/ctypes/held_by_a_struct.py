import ctypes
import gc
import weakref

from alarm_clock import BELL


class Hooks(ctypes.Structure):
    _fields_ = [("on_ring", BELL), ("on_stop", BELL)]


def wake(hour, user):
    print("get up, it is", hour)


seen = weakref.ref(wake)
hooks = Hooks()
hooks.on_ring = BELL(wake)
del wake
gc.collect()
print("its bytes are in a struct:", seen() is not None)
hooks.on_ring(7, None)

copy = Hooks.from_buffer_copy(hooks)
del hooks
gc.collect()
print("they are in a copy of it:", seen() is not None)
