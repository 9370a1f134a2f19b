import division

try:
    division.divide(1, 0)
except Exception:
    print("it is an Exception")
except BaseException as error:
    print("it is no Exception; it is", *type(error).__mro__[:2])
    print("it says:", error)
