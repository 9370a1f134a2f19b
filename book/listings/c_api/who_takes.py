from sys import getrefcount

import taken

# ANCHOR: balanced_pair
class Thing:
    pass

things = [Thing(), Thing(), Thing()]
before = list(map(getrefcount, things))
pairs = [taken.first_and_last(things) for _ in range(1000)]
after = list(map(getrefcount, things))
print([now - then for now, then in zip(after, before)])
# ANCHOR_END: balanced_pair

# ANCHOR: balanced_number
numbers, ours = [], [int("1000")]
taken.append_length(numbers, range(1000))
print(numbers == ours, getrefcount(numbers[0]) - getrefcount(ours[0]))
# ANCHOR_END: balanced_number

print(f"{'':26}{'works':8}fails")
for call, works, fails in taken.fates():
    print(f"{call:26}{works:8}{fails}")
