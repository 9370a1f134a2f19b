import operator
import sys
from array import array

prices = array("d", range(1, 1001))
amounts = array("d", range(1000, 0, -1))


# ANCHOR: two_ways_to_add_up
def by_a_loop():
    total = 0.0
    for i in range(1000):
        total += prices[i] * amounts[i]
    return total


def by_functions_in_c():
    return sum(map(operator.mul, prices, amounts))
# ANCHOR_END: two_ways_to_add_up


# ANCHOR: count_the_lines
def lines_run(function):
    """How many lines of Python the interpreter goes through, and the result."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        result = function()
    finally:
        sys.settrace(None)
    return count, result
# ANCHOR_END: count_the_lines


for function in [by_a_loop, by_functions_in_c]:
    lines, result = lines_run(function)
    print(f"{function.__name__:18} {result:.0f}, {lines} line{'s' if lines > 1 else ''} of Python")
