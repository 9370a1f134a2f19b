import sys
import threading


def at_most(loops):
    """Runs Python code beside a thread that is ready to run."""
    came, ready = [], threading.Event()

    def other():
        ready.wait()
        came.append("it ran")

    thread = threading.Thread(target=other)
    thread.start()
    ready.set()
    for loop in range(loops):
        if came:
            break
    how = "interrupted" if came else "not interrupted"
    thread.join()
    return how


sys.setswitchinterval(1000)
print("a quarter of an hour:", at_most(loops=1_000_000))
sys.setswitchinterval(0.005)
print("five milliseconds:    ", at_most(loops=10_000_000_000))
