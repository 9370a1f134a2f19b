import kettle


# ANCHOR: what_arrives
def what_arrives(function, *args):
    try:
        print(function(*args))
    except BaseException as error:
        seen = "caught" if isinstance(error, Exception) else "not caught"
        print(f"{type(error).__name__}, args {error.args}, {seen} by `except Exception`")
# ANCHOR_END: what_arrives


# ANCHOR: two_habits
what_arrives(kettle.heat_and_hope, 120, 1)
what_arrives(kettle.heat_and_talk, 120, 1)
# ANCHOR_END: two_habits

# ANCHOR: decided
what_arrives(kettle.heat, 120, 1)
what_arrives(kettle.heat_twice, 150, 1)
# ANCHOR_END: decided

# ANCHOR: dry
what_arrives(kettle.heat, 20, 0)
# ANCHOR_END: dry

# ANCHOR: no_manual
what_arrives(kettle.manual, "no/manual.txt")
# ANCHOR_END: no_manual
