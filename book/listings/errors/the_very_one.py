import errand

raised = []


def pocket():
    raised.append(FileNotFoundError("it has a hole"))
    raise raised[0] from OSError("thorns")


def wallet():
    return pocket()


try:
    errand.buy_from(wallet)
except RuntimeError as error:
    cause = error.__cause__
    print("the very object:", cause is raised[0])
    print("raised from:", repr(cause.__cause__))
    place = cause.__traceback__
    while place:
        print("came through:", place.tb_frame.f_code.co_name)
        place = place.tb_next

print("what Rust sees:", errand.sources(wallet))
