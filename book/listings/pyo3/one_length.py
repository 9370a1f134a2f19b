import collections.abc

import costs


# ANCHOR: counts_what_is_fetched
class Shelf(collections.abc.Sequence):
    """A sequence that counts how often somebody fetches an item."""

    def __init__(self, items):
        self.items, self.fetched = items, 0

    def __len__(self):
        return len(self.items)

    def __getitem__(self, at):
        item = self.items[at]
        self.fetched += 1
        return item
# ANCHOR_END: counts_what_is_fetched


def of(function, titles):
    try:
        return function(titles)
    except TypeError:
        return "refused"


TITLES = ["Dune", "Emma", "Ulysses"]
print("                    list   last is no str   other sequence   items fetched")
for types, function in [
    ("Vec<String>", costs.of_strings),
    ("Vec<Bound<PyString>>", costs.of_objects),
    ("&Bound<PyList>", costs.of_a_list),
    ("&Bound<PySequence>", costs.of_a_sequence),
]:
    shelf = Shelf(TITLES)
    one_bad = of(function, TITLES[:2] + [7])
    print(f"{types:21}{of(function, TITLES)}      {one_bad!s:17}{of(function, shelf)!s:17}{shelf.fetched}")
