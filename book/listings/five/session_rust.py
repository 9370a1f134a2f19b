import by_rust
from session import session

session(by_rust)
