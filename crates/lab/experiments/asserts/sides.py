"""The Python side of the border, with an assert and with a check."""

from shelf import trusting


# ANCHOR: the_python_side
def asserting(n):
    assert isinstance(n, int) and 0 <= n < 3
    return trusting(n)


def checking(n):
    if not isinstance(n, int):
        raise TypeError(f"a number is needed, not {type(n).__name__}")
    if not 0 <= n < 3:
        raise IndexError(f"there is no book {n}")
    return trusting(n)
# ANCHOR_END: the_python_side
