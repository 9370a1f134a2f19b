from alarm_clock import BELL, alarm


def wake(hour, user):
    print("get up, it is", hour)


def sell(hour, user):
    print("hats, only until", hour)


alarm.alarm_set(BELL(wake), None)
others = [BELL(sell) for _ in range(10)]
alarm.alarm_ring(7)
