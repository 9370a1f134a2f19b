"""What the module in C does with arguments that are none of its kind."""

import struct

import by_c

# ANCHOR: c_refuses
for wrong in ["ninety-eight", 2**31]:
    try:
        print(by_c.sheets(wrong))
    except (TypeError, OverflowError) as error:
        print(type(error).__name__)

print(by_c.Block.__basicsize__ - object.__basicsize__ == struct.calcsize("P"))
# ANCHOR_END: c_refuses
