import traceback

import errand


# ANCHOR: what_a_reader_sees
def report(function, argument):
    try:
        function(argument)
    except RuntimeError as error:
        for line in "".join(traceback.format_exception(error)).splitlines():
            if not line.startswith(" "):  # leave out the lines that say where
                print(line)
# ANCHOR_END: what_a_reader_sees


# ANCHOR: flat_and_with_reason
report(errand.buy_flatly, "ten")
print("----")
report(errand.buy_with_reason, "ten")
# ANCHOR_END: flat_and_with_reason
