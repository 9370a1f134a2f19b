import by_c
from session import session

session(by_c)
