import costs


def told(call):
    try:
        return call()
    except TypeError as error:
        return f"TypeError: {error}"


print(told(lambda: costs.stamp("Emma", None)))
print(told(lambda: costs.stamp("Emma")))
print(told(lambda: costs.label("Emma", loud=True)))
print(told(lambda: costs.label("Emma", 7, True)))
print("label" + costs.label.__text_signature__)
