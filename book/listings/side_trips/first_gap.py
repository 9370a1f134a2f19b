from itertools import count

levels = [3, 1, 4, 1, 5, 9, 2, 6] + [0] * 1_000_000
seen = count()

# Stops at the first hit. With arrays: `numpy.argmax(levels > 4)` compares them all.
position = next(i for i, level in zip(seen, levels) if level > 4)
print("found at", position, "and looked at", next(seen), "of", len(levels))
