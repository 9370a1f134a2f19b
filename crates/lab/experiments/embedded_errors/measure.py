"""A C application calls Python functions that raise: what it sees, way by way."""

import io
import json
import logging
import subprocess
import sys
import time

import lab
from layer import both_directions, failing, raising, translations


def price(n):
    return n


def careless(case):
    """One case of `careless.py`: how its process ended, and what it told."""
    done = lab.run([sys.executable, "-s", lab.here / "careless.py", case])
    return done, json.loads(done.stdout) if done.stdout else None


def without_looking():
    _, (kind, words, cause) = careless("look_away")
    lab.fact("looked_away", kind)
    lab.fact("looked_away_cause", cause)
    _, (kind, words, cause) = careless("call_on")
    lab.fact("neighbour", kind)
    lab.fact("neighbour_words", words)
    lab.fact("neighbour_blamed", "len" in words and "price" not in words)
    lab.fact("neighbour_cause", cause)
    _, (kind, words, cause) = careless("use_null")
    lab.fact("null_used", kind)
    lab.fact("null_hides_it", cause == "NoneType" and "colour" not in words)
    done, _ = careless("release_null")
    lab.fact("null_released_dies", done.returncode < 0)
    done, told = careless("print_it")
    lab.fact("printed_traceback", "KeyError: 'colour'" in done.stderr)
    lab.fact("printed_and_went_on", told[0] == "'C goes on'")
    done, told = careless("print_an_exit")
    lab.fact("print_ends_with", done.returncode)
    lab.fact("print_went_on", told is not None)


# ANCHOR: safe_call
def safe(function):
    def safe_call(*arguments):
        try:
            return function(*arguments)
        except Exception as e:
            return {"error": str(e)}

    return safe_call
# ANCHOR_END: safe_call


def dictionaries(c):
    lab.fact("dict_seen", c.look_for_a_dict(safe(failing)))
    lab.fact("dict_empty", c.look_for_a_dict(safe(raising(ValueError()))).strip())
    lab.fact("dict_exit", c.look_for_a_dict(safe(raising(SystemExit(3)))))
    lab.fact("dict_unlooked", c.through_border(safe(failing))[1])


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
    specs = ["minus_one", "maybe", "noexcept", "default", "void"]
    for which, spec in enumerate(specs):
        value, pending = prices.seen_by_c(which, no_price)
        lab.fact(f"cython_{spec}_value", value)
        lab.fact(f"cython_{spec}_pending", pending)
    lab.fact("cython_legal_value", prices.seen_by_c(0, minus_one)[0])
    lab.fact("cython_legal_pending", prices.seen_by_c(0, minus_one)[1])
    sys.unraisablehook = hook
    errors = [KeyError(), ValueError(), OSError(2, "none")]
    codes = {prices.seen_by_c(0, lambda: raising(error)(0))[0] for error in errors}
    lab.fact("cython_codes", len(codes))
    lab.fact("cython_unraisable", len(heard))
    if lab.first:
        # Outside of the contract: SystemError on some versions of Python, a crash on others.
        done = lab.child("import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
                         "import prices; prices.called_from_cython(lambda: -1); print('arrived')")
        lab.fact("cython_legal_arrives", "arrived" in done.stdout)
        lab.fact("cython_legal_crashes", done.returncode < 0)


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
        lab.fact("service_died", ask(dying, 99) == "" and dying.wait() < 0)


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
