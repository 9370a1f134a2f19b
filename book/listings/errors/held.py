import weakref

import errand


class Load:
    pass


seen = []


def wallet():
    load = Load()  # a local variable, which nobody else has
    seen.append(weakref.ref(load))
    raise OSError("it has a hole")


errand.remember(wallet)
print("alive while Rust keeps the error:", seen[0]() is not None)
errand.forget()
print("alive afterwards:", seen[0]() is not None)
