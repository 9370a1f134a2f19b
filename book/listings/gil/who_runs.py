import ctypes
import sys
import threading

# From here on no thread is interrupted: it keeps the GIL until it lets go of it.
sys.setswitchinterval(1000)


def watch(library):
    """Calls a C function that sleeps, while another thread is ready to run."""
    log, ready = [], threading.Event()

    def other():
        ready.wait()
        log.append("the other thread runs")

    thread = threading.Thread(target=other)
    thread.start()
    ready.set()
    log.append("the call begins")
    library.usleep(200_000)
    log.append("the call is over")
    thread.join()
    return log


print("CDLL: ", *watch(ctypes.CDLL(None)), sep="\n  ")
print("PyDLL:", *watch(ctypes.PyDLL(None)), sep="\n  ")
