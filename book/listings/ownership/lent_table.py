import datetime

import cellar
import ripen

# ANCHOR: across_two_modules
print(cellar.sweetest([2, 5, 30]))
# ANCHOR_END: across_two_modules

# ANCHOR: seen_from_python
print(type(ripen._C_API).__name__)
print(type(datetime.datetime_CAPI).__name__)
# ANCHOR_END: seen_from_python

# ANCHOR: another_name
try:
    ripen.age(ripen._C_API)
except ValueError as error:
    print("refused:", error)
# ANCHOR_END: another_name

# ANCHOR: with_the_last_reference
jar = ripen.jar()
again = jar
print("days:", ripen.age(jar), ripen.age(again))
del jar
print("one reference left, destroyed:", ripen.jars_destroyed())
del again
print("none left, destroyed:", ripen.jars_destroyed())
# ANCHOR_END: with_the_last_reference
