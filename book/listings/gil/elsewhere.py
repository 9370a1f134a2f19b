import os
import threading

import own_thread

# Rust prints a message of its own for a panic; here the exception is enough.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def count():
    try:
        return tally.count()
    except BaseException as error:
        return type(error).__name__


tally = own_thread.Tally()
print("on the thread that made it:", count())
answers = []
thread = threading.Thread(target=lambda: answers.append(count()))
thread.start()
thread.join()
print("on another one:            ", *answers)
