import sys
import weakref

from alarm_clock import BELL, alarm


def make():
    def wake(hour, user):
        print("get up, it is", hour)

    return wake


wake = make()
bell = BELL(wake)
before = sys.getrefcount(bell)
alarm.alarm_set(bell, None)
print("taken by the library:", sys.getrefcount(bell) - before)

seen = weakref.ref(wake)
del wake
print("the bell holds the function:", seen() is not None)
alarm.alarm_ring(7)
del bell
print("after the bell:", seen())
