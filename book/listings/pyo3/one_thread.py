import sys
import threading

import classes

# What is freed in the wrong thread is not: Python is told, and goes on.
sys.unraisablehook = lambda report: print("unraisable:", report.exc_value)

# ANCHOR: touched_from_another_thread
here = classes.OneThread("ours")
print("here:", here.text)


def there():
    try:
        print("there:", here.text)
    except BaseException as error:
        print("there:", type(error).__name__, isinstance(error, Exception))


thread = threading.Thread(target=there)
thread.start()
thread.join()
# ANCHOR_END: touched_from_another_thread
