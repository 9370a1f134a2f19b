import faulthandler
import sys
import threading
import time

import two_locks

# ANCHOR: the_order_that_hurts
first_is_in, second_comes = threading.Event(), threading.Event()


def slow(*_):
    """What the native function calls: Python code that takes its time."""
    first_is_in.set()
    second_comes.wait()
    time.sleep(0.5)
    return 7


def second(function, arguments):
    first_is_in.wait()
    second_comes.set()
    function(*arguments)


def meet(name):
    """Two threads in one function: the second enters while the first is in `slow`."""
    function = getattr(two_locks, name)
    arguments = [slow] if "rate" in name else [100, slow]
    threads = [
        threading.Thread(target=function, args=arguments),
        threading.Thread(target=second, args=[function, arguments]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
# ANCHOR_END: the_order_that_hurts


if len(sys.argv) > 1:
    # After some seconds: the stack of each thread, and the end of the process.
    faulthandler.dump_traceback_later(float(sys.argv[2]), exit=True)
    meet(sys.argv[1])
