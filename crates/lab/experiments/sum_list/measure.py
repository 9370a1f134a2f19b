"""The function that goes round, with the lists that nobody tries it on."""

import os
import shlex
import sysconfig

import lab

LONG_MAX = (1 << (8 * sysconfig.get_config_var("SIZEOF_LONG") - 1)) - 1


class Unusual(int):
    """An int that would answer otherwise, were it asked."""

    asked = 0

    def __index__(self):
        Unusual.asked += 1
        return 1000

    __int__ = __index__


class Indexable:
    """No int, and yet Python takes it for one wherever it needs one."""

    def __index__(self):
        return 5


# ANCHOR: a_list_that_shrinks
class Greedy:
    """Takes the last item out of its list when it is asked for its value."""

    def __init__(self, owner):
        self.owner = owner

    def __index__(self):
        self.owner.pop()
        return 1


def shrinking():
    items = []
    items += [Greedy(items), Greedy(items), Greedy(items)]
    return items


# ANCHOR_END: a_list_that_shrinks


def comes_of(function, argument):
    """What a call returns, or the name of what it raises."""
    try:
        return function(argument)
    except Exception as error:
        return type(error).__name__


def what_it_answers(m):
    # ANCHOR: lists_that_nobody_tries
    def answer(items):
        return comes_of(m.sum_list, items)

    half = LONG_MAX // 2 + 1  # a C long has room for it, and not for two of it
    lab.fact("sum_small", answer([1, 2, 3]))
    lab.fact("sum_strangers", answer([1, "two", 2.5, None, 3]))
    lab.fact("sum_truths", answer([True, True, False]))
    lab.fact("sum_indexable", answer([Indexable(), 1]))
    lab.fact("sum_two_halves", answer([half] * 2) == -LONG_MAX - 1)
    lab.fact("sum_four_halves", answer([half] * 4))
    lab.fact("sum_too_big", answer([LONG_MAX + 1]))
    lab.fact("sum_tuple", answer((1, 2, 3)))
    # ANCHOR_END: lists_that_nobody_tries
    lab.fact("sum_minus_one", answer([-1]))
    # Calls that run once: where a line has run often, the interpreter does not look any more
    # whether a result and an exception fit together.
    lab.fact("sum_trusting", lab.raised(lambda: m.trusting([LONG_MAX + 1])))
    lab.fact("sum_wary", lab.raised(lambda: m.wary([-1])))


def whether_it_can_fail(m):
    lab.fact("item_past_the_end", lab.raised(m.get_item, [1, 2, 3], 3))
    lab.fact("item_negative", lab.raised(m.get_item, [1, 2, 3], -1))
    lab.fact("item_of_a_tuple", lab.raised(m.get_item, (1, 2, 3), 0))
    lab.fact("item_when_shrinking", comes_of(m.anything_checked, shrinking()))
    lab.fact("item_right_elsewhere", comes_of(m.anything_checked, [Indexable(), 2, True]))
    # In the printed loop no method of an item is called, so none can touch the list.
    lab.fact("item_subclass", comes_of(m.sum_list, [Unusual(3), Unusual(4)]))
    lab.fact("item_asked", Unusual.asked)


def the_honest_one(m):
    half = LONG_MAX // 2 + 1
    lab.fact("honest_sum", comes_of(m.honest, [1, Indexable(), True]))
    lab.fact("honest_stranger", comes_of(m.honest, [1, "two"]))
    lab.fact("honest_overflow", comes_of(m.honest, [half] * 4))
    lab.fact("honest_tuple", comes_of(m.honest, (1, 2, 3)))
    lab.fact("honest_shrinking", comes_of(m.honest, shrinking()))


UNCHECKED = """
import sum_list

class Greedy:
    def __index__(self):
        items.clear()
        return 1

items = [Greedy(), Greedy()]
sum_list.anything_unchecked(items)
"""

TRAPPING = """
import sum_list_trapping
print(sum_list_trapping.sum_list([1, 2, 3]), flush=True)
sum_list_trapping.sum_list([1 << 62] * 4)
"""


def the_compiler():
    command = shlex.split(os.environ.get("CC") or "cc")
    return command if lab.tool(command[0], for_facts=["printed"]) else None


def takes(compiler, ending):
    """Whether the compiler takes the printed text with this after it."""
    source = lab.scratch / "printed.c"
    printed = (lab.here / "as_printed.inc").read_text()
    source.write_text(f"#include <Python.h>\n{printed}{ending}\n")
    include = sysconfig.get_path("include")
    return lab.run([*compiler, "-fsyntax-only", "-isystem", include, source]).returncode == 0


def python_loop(numbers):
    total = 0
    for number in numbers:
        total += number
    return total


if m := lab.module("sum_list", for_series=["sum", "item", "honest", "c", "builtin", "loop"]):
    what_it_answers(m)
    whether_it_can_fail(m)
    the_honest_one(m)
    numbers = list(range(1000, 2000))
    lab.time("c", "f(numbers)", per=1000, f=m.sum_list, numbers=numbers)
    lab.time("honest", "f(numbers)", per=1000, f=m.honest, numbers=numbers)
    lab.time("builtin", "f(numbers)", per=1000, f=sum, numbers=numbers)
    lab.time("loop", "f(numbers)", per=1000, f=python_loop, numbers=numbers)
    if lab.first:
        # A negative code is the signal that ended the process.
        lab.fact("item_unchecked_crashes", lab.child(UNCHECKED).returncode < 0)

if lab.first and lab.module("sum_list_trapping", for_series=["trapping"]):
    ended = lab.child(TRAPPING)
    lab.fact("trapping_small", ended.stdout.strip())
    lab.fact("trapping_ended", ended.returncode < 0)

if lab.first and (compiler := the_compiler()):
    lab.fact("printed_alone", takes(compiler, ""))
    lab.fact("printed_with_brace", takes(compiler, "}"))
