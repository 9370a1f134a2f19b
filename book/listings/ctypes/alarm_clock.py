import ctypes
from ctypes import c_int, c_void_p

# ANCHOR: type_of_a_callback
BELL = ctypes.CFUNCTYPE(None, c_int, c_void_p)

alarm = ctypes.CDLL("./libalarm.so")
alarm.alarm_set.argtypes = [BELL, c_void_p]
alarm.alarm_set.restype = None
alarm.alarm_ring.argtypes = [c_int]
alarm.alarm_ring.restype = None
# ANCHOR_END: type_of_a_callback
