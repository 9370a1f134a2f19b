import ferry


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(repr(error))


attempt(ferry.passengers, "3,4")
attempt(ferry.passengers, "3,four")

fares = {"the island": 7}
attempt(ferry.fare, fares.__getitem__, "the island")
attempt(ferry.fare, fares.__getitem__, "the lighthouse")
attempt(ferry.fare, lambda place: 1 / 0, "the moon")
