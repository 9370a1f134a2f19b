import tracemalloc

import drip

tracemalloc.start()
before = tracemalloc.take_snapshot()
for _ in range(1000):
    drip.from_malloc(None)
for _ in range(1000):
    drip.from_pymem(None)
after = tracemalloc.take_snapshot()

worst = after.compare_to(before, "lineno")[0]
where = worst.traceback.format()[-1].strip()
print(worst.count_diff, "blocks more, asked for at", where)
