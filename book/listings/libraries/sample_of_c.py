import ctypes


# ANCHOR: the_same_struct_in_python
class Sample(ctypes.Structure):
    _fields_ = [
        ("channel", ctypes.c_uint8),
        ("volts", ctypes.c_double),
        ("flags", ctypes.c_uint16),
    ]
# ANCHOR_END: the_same_struct_in_python
