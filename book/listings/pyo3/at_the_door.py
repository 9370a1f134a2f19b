import classes


# ANCHOR: back_through_the_door
def told(call):
    try:
        return call()
    except RuntimeError as error:
        return f"{type(error).__name__}: {error}"


door = classes.Door()
print(told(lambda: door.enter(lambda: door.visitors)))
print(told(lambda: door.look(lambda: setattr(door, "visitors", 9))))
print(told(lambda: door.look(lambda: door.visitors)))
print("visitors:", door.visitors)
# ANCHOR_END: back_through_the_door

# ANCHOR: back_through_the_gate
gate = classes.Gate()
gate.enter(lambda: print("the gate has counted", gate.visitors))

arch = classes.Arch()
arch.enter("Ada", lambda: print("the arch has let in", arch.names))
# ANCHOR_END: back_through_the_gate
