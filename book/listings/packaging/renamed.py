import shutil

# ANCHOR: under_another_name
shutil.copy("stove.so", "oven.so")
import stove

print(stove.heat(50))
try:
    import oven
except ImportError as error:
    print(error)
# ANCHOR_END: under_another_name
