"""What the translation layer makes of exceptions, told as facts."""

import lab


def failing(n):
    raise KeyError("colour")


def raising(error):
    def function(n):
        raise error

    return function


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("and now?")


class OutOfStock(ValueError):
    pass


def translations(c):
    errors = {
        "key": KeyError("colour"),
        "file": FileNotFoundError(2, "none"),
        "own": OutOfStock("sold"),
        "system": PermissionError(13, "no"),
        "exit": SystemExit(3),
        "unknown": ZeroDivisionError("by zero"),
    }
    for name, error in errors.items():
        lab.fact(f"code_{name}", c.through_border(raising(error))[0])
    code, kind, message, line, pending = c.through_border(failing)
    lab.fact("c_kind", kind)
    lab.fact("c_message", message)
    lab.fact("c_line", line == failing.__code__.co_firstlineno + 1)
    lab.fact("left_pending", pending)
    lab.fact("unspeakable", c.through_border(raising(Unspeakable()))[1])
    long = c.through_border(raising(ValueError("ü" * 100)))[2]
    lab.fact("cut_between", len(long) > 30 and set(long) == {"ü"})
    lab.fact("minus_one", str(c.through_border(lambda n: -1)))


def both_directions(c):
    thrown = KeyError("colour")
    try:
        c.there_and_back(raising(thrown))
    except BaseException as error:
        lab.fact("same_object", error is thrown)
        names, at = [], error.__traceback__
        while at:
            names, at = [*names, at.tb_frame.f_code.co_name], at.tb_next
        lab.fact("traceback_whole", names[-1] == "function")
    lab.fact("back_not_found", lab.raised(c.from_c, 1))
    lab.fact("back_system", lab.raised(c.from_c, 3))
    lab.fact("back_other", lab.raised(c.from_c, 5))
