# ANCHOR: the_caller_that_goes_round
# As it goes round.
import ctypes

lib = ctypes.CDLL('./add.so') # Load the shared library
lib.add.argtypes = [ctypes.c_int, ctypes.c_int] # Define argument types
lib.add.restype = ctypes.c_int # Define return type
result = lib.add(5, 3)
print(f"Result: {result}")
# ANCHOR_END: the_caller_that_goes_round
