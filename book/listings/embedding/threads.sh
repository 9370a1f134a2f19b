# needs: embed-python
cat > threads.py <<'END'
import atexit
import threading

import host


def ring_until_heard():
    while not host.ring():  # False as long as nobody waits
        pass


def wait_for_the_bell():
    threading.Thread(target=ring_until_heard).start()
    host.wait_for_ring()
    return "rung while the host's own code waited"


def leave_a_thread_behind():
    def outlive():
        threading.main_thread().join()
        print("a thread is waited for")

    threading.Thread(target=outlive).start()
    atexit.register(print, "then what is registered is called")
END

./embed-python threads.py wait_for_the_bell leave_a_thread_behind
