"""What the host programs run when they are given no script of their own.

`host` is no file: the host program hands it over before Python starts.
"""

import atexit
import sys
import threading

import host


def greet():
    return f"cyan is at {host.level('cyan')} per cent"


def divide():
    return 1 / 0


def look_up():
    shelves = {"paper": 4}
    try:
        return shelves["vellum"]
    except KeyError as error:
        raise ValueError("there is no shelf for vellum") from error


def ask_for_mauve():
    return host.level("mauve")


def try_another():
    try:
        return host.level("black")
    except host.HostError as error:
        return f"{error} (code {error.code}); cyan has {host.level('cyan')}"


def print_in_mauve():
    try:
        return host.level("mauve")
    except host.HostError as error:
        raise RuntimeError("the page cannot be printed") from error


def leave():
    sys.exit()


def leave_with_a_number():
    sys.exit(3)


def leave_with_words():
    sys.exit("the paper is out")


def forget_an_error():
    return host.forget_an_error()


def call_with_an_error_set():
    return host.call_with_an_error_set(lambda: "nothing wrong here")


def take_the_error_first():
    return host.take_the_error_first(lambda: "nothing wrong here")


def ring_until_heard():
    while not host.ring():  # nobody waits yet
        pass


def wait_for_the_bell():
    ringer = threading.Thread(target=ring_until_heard)
    ringer.start()
    host.wait_for_ring()  # returns only if the ringer is let in meanwhile
    ringer.join()
    return "rung by a Python thread while the host's own code waited"


def on_another_thread():
    here = threading.get_ident()
    there = host.on_another_thread(threading.get_ident)
    return f"two threads: {here != there}"


def fail_on_another_thread():
    return host.on_another_thread(divide)


class Remains:
    def __del__(self):
        print("and a global object goes, with its module")


def leave_things_behind():
    global remains
    remains = Remains()

    def outlive():
        threading.main_thread().join()
        print("a thread is waited for")

    threading.Thread(target=outlive).start()
    atexit.register(print, "what was registered first is called last")
    atexit.register(print, "what was registered last is called first")
    return "a thread, an object, and two things to be called"
