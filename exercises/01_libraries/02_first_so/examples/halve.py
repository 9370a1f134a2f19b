"""Opens the library and calls what can be found in it.

$ cargo build -p first_so --example halve
$ python3 exercises/01_libraries/02_first_so/examples/halve.py target/debug/examples/libhalve.so
"""

import sys

# ANCHOR: call_what_is_found
from ctypes import CDLL

library = CDLL(sys.argv[1])
print("halve(10) =", library.halve(10))
try:
    library.halve_in_rust(10)
except AttributeError as error:
    print("AttributeError:", error)
print("halve(2**32 + 10) =", library.halve(2**32 + 10))
# ANCHOR_END: call_what_is_found
