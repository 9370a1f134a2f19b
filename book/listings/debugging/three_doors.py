import cProfile
import ctypes
import pstats

import kitchen
import oven

library = ctypes.CDLL("./kitchen.so")
library.cook_soup.argtypes = [ctypes.c_long]
library.cook_soup.restype = ctypes.c_double


def lunch(cook):
    return cook(20_000_000)


for cook in [kitchen.cook, oven.cook, library.cook_soup]:
    profile = cProfile.Profile()
    profile.runcall(lunch, cook)
    charged = {}
    for (_, _, name), (_, _, own_time, _, _) in pstats.Stats(profile).stats.items():
        if "_lsprof" not in name:  # the profiler's own
            charged[name] = own_time
    names = sorted(charged, key=charged.get, reverse=True)
    print(type(cook).__name__, *names, sep=", ")
