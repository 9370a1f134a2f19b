import by_c
import by_rust
from sys import getrefcount

for quire in by_c, by_rust:
    before = getrefcount(quire.Block)
    for _ in range(1000):
        quire.Block(60)
        try:
            quire.Block("sixty")
        except TypeError:
            pass
    more = getrefcount(quire.Block) - before
    print(quire.__name__, quire.blocks_alive(), "blocks,", more, "references")
