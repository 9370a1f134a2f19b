import by_pyo3
from session import session

session(by_pyo3)
