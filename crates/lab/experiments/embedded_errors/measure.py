"""A C application calls Python functions that raise: what it sees, way by way."""

import io
import json
import logging
import signal
import subprocess
import sys
import time

import lab

resource_limits = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))"


def price(n):
    return n


def failing(n):
    raise KeyError("colour")


def raising(error):
    def function(n):
        raise error

    return function


def careless(case):
    """One case of `careless.py`: how its process ended, what it told and what it printed."""
    script = lab.here / "careless.py"
    code = f"{resource_limits}; import runpy, sys; sys.argv[:] = {[str(script), case]!r}\n"
    code += f"runpy.run_path({str(script)!r}, run_name='__main__')"
    done = lab.child(code)
    return done, json.loads(done.stdout) if done.stdout else None


def without_looking():
    _, (kind, words, cause) = careless("look_away")
    lab.fact("looked_away", kind)
    lab.fact("looked_away_cause", cause)
    lab.fact("looked_away_blames_c", "look_away" in words)
    done, (kind, words, cause) = careless("call_on")
    lab.fact("neighbour", kind)
    lab.fact("neighbour_words", words)
    lab.fact("neighbour_cause", cause)
    _, (kind, words, cause) = careless("use_null")
    lab.fact("null_used", kind)
    lab.fact("null_cause", cause)
    lab.fact("null_words_hide_it", "colour" not in words)
    done, _ = careless("release_null")
    lab.fact("null_released_dies", done.returncode == -signal.SIGSEGV)
    done, told = careless("print_it")
    lab.fact("printed_traceback", "KeyError: 'colour'" in done.stderr)
    lab.fact("printed_and_went_on", told[0] == "'C goes on'")
    done, told = careless("print_an_exit")
    lab.fact("print_ends_with", done.returncode)
    lab.fact("print_went_on", told is not None)


# ANCHOR: safe_call
def safe_call(function, *arguments):
    try:
        return function(*arguments)
    except Exception as e:
        return {"error": str(e)}
# ANCHOR_END: safe_call


def safe(function):
    return lambda n: safe_call(function, n)


def dictionaries(c):
    # ANCHOR: who_looks_for_a_dict
    lab.fact("dict_seen", c.look_for_a_dict(safe(failing)))
    lab.fact("dict_empty", c.look_for_a_dict(safe(raising(ValueError()))).strip())
    lab.fact("dict_exit", c.look_for_a_dict(safe(raising(SystemExit(3)))))
    lab.fact("dict_unlooked", c.through_border(safe(failing))[1])
    # ANCHOR_END: who_looks_for_a_dict


def logs(c):
    heard = io.StringIO()
    log = logging.Logger("prices")
    log.addHandler(logging.StreamHandler(heard))

    def logged(n):
        try:
            return failing(n)
        except Exception:
            log.exception("no price")

    lab.fact("logged_c_sees", c.look_for_a_dict(logged))
    lab.fact("log_has_traceback", "KeyError: 'colour'" in heard.getvalue())


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("and now?")


class OutOfStock(ValueError):
    pass


def translations(c):
    for name, error in {
        "key": KeyError("colour"),
        "file": FileNotFoundError(2, "none"),
        "own": OutOfStock("sold"),
        "system": PermissionError(13, "no"),
        "exit": SystemExit(3),
        "unknown": ZeroDivisionError("by zero"),
    }.items():
        lab.fact(f"code_{name}", c.through_border(raising(error))[0])
    code, kind, message, line, pending = c.through_border(failing)
    lab.fact("c_kind", kind)
    lab.fact("c_message", message)
    lab.fact("c_line", line == failing.__code__.co_firstlineno + 1)
    lab.fact("left_pending", pending)
    lab.fact("unspeakable", c.through_border(raising(Unspeakable()))[1])
    long = c.through_border(raising(ValueError("x" + "ü" * 100)))[2]
    lab.fact("cut_between", long.strip("ü") == "x" and len(long.encode()) == 79)
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


def in_a_host(program):
    """The same in a program that is not Python."""
    done = lab.run([program, "look_away"])
    lab.fact("host_went_on", "C goes on" in done.stderr and done.returncode == 0)
    # What CPython may say when it is shut down comes after that.
    lab.fact("host_said_before", done.stderr.split("C goes on")[0])
    done = lab.run([program, "print"])
    lab.fact("host_traceback", "KeyError" in done.stderr.split("C goes on")[0])
    done = lab.run([program, "print_an_exit"])
    lab.fact("host_ends_with", done.returncode)
    lab.fact("host_outlives_print", "C goes on" in done.stderr)
    done = lab.run([program, "border"])
    lab.fact("host_codes", done.stdout.replace("\n", "; ").strip("; "))
    lab.fact("host_outlives_exit", "C goes on" in done.stderr)


def of_cython(prices):
    def no_price():
        raise KeyError("colour")

    def minus_one():
        return -1

    hook, sys.unraisablehook = sys.unraisablehook, lambda what: heard.append(what)
    heard = []
    # ANCHOR: ask_cython
    for which, spec in enumerate(["minus_one", "maybe", "noexcept", "default", "void"]):
        value, pending = prices.seen_by_c(which, no_price)
        lab.fact(f"cython_{spec}_value", value)
        lab.fact(f"cython_{spec}_pending", pending)
    lab.fact("cython_legal_value", prices.seen_by_c(0, minus_one)[0])
    lab.fact("cython_legal_pending", prices.seen_by_c(0, minus_one)[1])
    # ANCHOR_END: ask_cython
    sys.unraisablehook = hook
    lab.fact("cython_unraisable", len(heard))
    lab.fact("cython_legal_refused", lab.raised(prices.called_from_cython, minus_one))


def start_service():
    return subprocess.Popen([sys.executable, "-s", lab.here / "service.py"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(service, n):
    service.stdin.write(f"{n}\n")
    service.stdin.flush()
    return service.stdout.readline()


def in_a_process_of_its_own():
    service = start_service()
    lab.fact("service_error", json.loads(ask(service, 13))["kind"])
    lab.fact("service_lives", json.loads(ask(service, 14))["price"])

    def round_trips(loops):
        begun = time.perf_counter_ns()
        for n in range(loops):
            ask(service, 1)
        return time.perf_counter_ns() - begun

    lab.clocked("round_trip", round_trips)
    if lab.first:
        dying = start_service()
        lab.fact("service_died", ask(dying, 99) == "" and dying.wait() == -signal.SIGABRT)


ALL = """looked neighbour null printed print dict logged log code c left unspeakable cut minus same
    traceback back from wrapped""".split()
if c := lab.module("application", for_series=ALL):
    if lab.first:
        without_looking()
    dictionaries(c)
    logs(c)
    translations(c)
    both_directions(c)
    lab.time("from_c", "call_many(price, 1000)", per=1000, call_many=c.call_many, price=price)
    lab.time("wrapped", "call_many(price, 1000)", per=1000, call_many=c.call_many, price=safe(price))
if prices := lab.module("prices", for_series=["cython"]):
    of_cython(prices)
if program := lab.library("shop", for_series=["host"]):
    if lab.first:
        in_a_host(program)
in_a_process_of_its_own()
