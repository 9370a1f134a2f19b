def bread(shelf):
    try:
        return shelf["bread"]
    except KeyError as error:
        raise RuntimeError("there is no bread") from error


try:
    bread({})
except RuntimeError as error:
    print(repr(error), "because of", repr(error.__cause__))
