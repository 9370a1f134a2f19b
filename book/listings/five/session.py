"""What every binding of quire is asked, whatever it is made with."""

import threading
import time


def session(quire):
    """The same five things, of the module `quire`."""
    print("a call:    ", quire.sheets(98), "sheets for ninety-eight pages")

    print("a string:  ", quire.spine("Über das Falten"))
    try:
        quire.spine("two\0words")
    except ValueError:
        print("            a text with a NUL inside is refused")

    block = quire.Block(60)
    block.sew(25)
    alive = quire.blocks_alive()
    print("a struct:  ", block.sheets, "sheets in", alive, "block")

    try:
        block.sew(50)
    except ValueError as error:
        print("an error:  ", error)

    ways, turns = beside(lambda: quire.foldings(13))
    others = "others ran" if turns > 3 else "nobody else ran"
    print("a long one:", ways, "ways to fold;", others)

    del block
    print("let go:    ", quire.blocks_alive(), "blocks alive")


def beside(work):
    """Does the work in a thread: its result, and how often this one had a turn."""
    results = []
    worker = threading.Thread(target=lambda: results.append(work()))
    worker.start()
    turns = 0
    while worker.is_alive():
        time.sleep(0.001)
        turns += 1
    return results[0], turns
