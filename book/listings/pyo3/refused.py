import costs


def told(call):
    try:
        return call()
    except (TypeError, ValueError) as error:
        # Python 3.10 knows no notes.
        notes = getattr(error, "__notes__", ["while processing 'stars'"])
        return f"{type(error).__name__}{error.args}, {notes[0]}"


print(costs.rate(3))
print(told(lambda: costs.rate(9)))
print(told(lambda: costs.rate_all([1, 2, 9])))
