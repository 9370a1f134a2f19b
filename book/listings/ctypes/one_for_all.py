import itertools

from alarm_clock import BELL, alarm

bells = {}
keys = itertools.count(1)  # zero would be NULL, and arrive as None


@BELL
def ring(hour, key):
    bells[key](hour)


def set_alarm(function):
    key = next(keys)
    bells[key] = function
    alarm.alarm_set(ring, key)
    return key


tea = set_alarm(lambda hour: print("tea at", hour))
alarm.alarm_ring(5)
supper = set_alarm(lambda hour: print("supper at", hour))
del bells[tea]
alarm.alarm_ring(8)
print("held:", len(bells))
