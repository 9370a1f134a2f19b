import by_ctypes
from session import session

session(by_ctypes)
