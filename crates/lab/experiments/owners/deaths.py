"""Mistakes that may end the process, one a run: `deaths.py MISTAKE`."""

import ctypes
import os
import sys

api = ctypes.pythonapi
api.PyMem_Malloc.restype = ctypes.c_void_p
api.PyMem_Malloc.argtypes = [ctypes.c_size_t]
api.PyMem_Free.argtypes = [ctypes.c_void_p]
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
c.malloc.argtypes = [ctypes.c_size_t]
c.free.argtypes = [ctypes.c_void_p]
SIZE = 400


def freed_twice():
    block = c.malloc(SIZE)
    c.free(block)
    c.free(block)


# ANCHOR: read_after_free
def read_after_free():
    """Prints what is in a block that was given back."""
    block = api.PyMem_Malloc(SIZE)
    content = (ctypes.c_ubyte * SIZE).from_address(block)
    content[SIZE // 2] = 7
    api.PyMem_Free(block)
    print(content[SIZE // 2])
# ANCHOR_END: read_after_free


def python_block_to_free():
    c.free(api.PyMem_Malloc(SIZE))


def c_block_to_python():
    api.PyMem_Free(c.malloc(SIZE))


def borrowed_as_new():
    import by_hand

    items = [type("Item", (), {})()]
    by_hand.first_stolen(items)
    str(items[0])


globals()[sys.argv[1]]()
sys.stdout.flush()
os._exit(0)  # what comes later is not what is looked at
