import by_cffi
from session import session

session(by_cffi)
