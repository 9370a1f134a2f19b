from ctypes import CDLL

library = CDLL("./libhalve.so")
print("halve(10) =", library.halve(10))
try:
    library.halve_in_rust(10)
except AttributeError as error:
    print("AttributeError:", error)
print("halve(2**32 + 10) =", library.halve(2**32 + 10))
