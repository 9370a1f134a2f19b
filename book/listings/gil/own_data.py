import ctypes
import threading


def two_deposits(library):
    threads = [threading.Thread(target=library.deposit, args=[100]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return library.take_all()


print("with the GIL:   ", two_deposits(ctypes.PyDLL("./libtill.so")))
print("without the GIL:", two_deposits(ctypes.CDLL("./libtill.so")))
