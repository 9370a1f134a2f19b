import threading

import at_once


def most_of_four(function):
    threads = [threading.Thread(target=function) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return at_once.most()


print("held:    ", most_of_four(at_once.held), "of 4 at once")
print("released:", most_of_four(at_once.released), "of 4 at once")
