import indicator


# ANCHOR: says_what_came
def attempt(call):
    try:
        print(call())
    except Exception as error:
        because = f", because of {error.__cause__!r}" if error.__cause__ else ""
        print(f"{type(error).__name__}: {error}{because}")
# ANCHOR_END: says_what_came


# ANCHOR: as_it_should_be
attempt(lambda: indicator.refuse("the cat"))
# ANCHOR_END: as_it_should_be

# ANCHOR: neither_and_both
attempt(lambda: indicator.keep_silent("the cat"))
attempt(lambda: indicator.do_both("the cat"))
# ANCHOR_END: neither_and_both

# ANCHOR: expected_or_not
prices = {"the hat": 12}
attempt(lambda: indicator.price(prices, "the cat"))
attempt(lambda: indicator.price(prices, ["the hat"]))
# ANCHOR_END: expected_or_not
