import gc

import knots


# ANCHOR: two_that_hold_each_other
class Person:
    def __del__(self):
        print(f"  {self.name} is gone")


def couple(first, second):
    a, b = Person(), Person()
    a.name, b.name = first, second
    a.friend, b.friend = b, a


gc.disable()
couple("Ada", "Grace")
print("both names are gone; nobody can reach them now")
gc.collect()
# ANCHOR_END: two_that_hold_each_other


# ANCHOR: in_rust_twice
def left_of(make):
    before = knots.alive()
    for _ in range(100):
        a, b = make(), make()
        a.other, b.other = b, a
    del a, b
    gc.collect()
    return knots.alive() - before


print("Seen, left of two hundred:", left_of(knots.Seen))
print("Unseen, left of two hundred:", left_of(knots.Unseen))
# ANCHOR_END: in_rust_twice

# ANCHOR: without_the_collector
before = knots.alive()
trunk = knots.Branch()
twig = trunk.grow().grow()
print("there is a way up:", twig.above.above is trunk)
del trunk
print("the trunk alone went:", knots.alive() - before, "of three left, above the twig:", twig.above)
# ANCHOR_END: without_the_collector
