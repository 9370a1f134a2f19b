import by_hand
import by_macro


def told(call):
    try:
        return call()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


# ANCHOR: both_the_same
MOST = 2**31 - 1
for arguments in [(98,), (98, 2), (-1,), (98, MOST), ("98",), (2**40,)]:
    by_the_macro = told(lambda: by_macro.sheets(*arguments))
    ours = told(lambda: by_hand.sheets(*arguments))
    print(by_the_macro, "- the same" if by_the_macro == ours else ours)
print(told(lambda: by_hand.sheets(spare=1, pages=40)))
print(by_hand.sheets.__text_signature__ == by_macro.sheets.__text_signature__)
# ANCHOR_END: both_the_same
