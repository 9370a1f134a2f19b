import kettle


def describe(error):
    return type(error).__name__, error.errno, error.filename


print(describe(OSError(2, "not there", "no/manual.txt")))
print(describe(OSError("not there")))
try:
    kettle.manual("no/manual.txt")
except OSError as error:
    print(describe(error))
