# ANCHOR: the_rule
def ceiling(attached, detached, threads):
    """How much more `threads` threads do in the same time than one thread.

    A call spends so much of its time attached, and so much detached. The parts
    that are attached happen one after the other, whoever does them.
    """
    call = attached + detached
    return min(threads, call / attached)
# ANCHOR_END: the_rule


print("attached  detached   2 threads   8 threads  64 threads")
for attached in [50, 20, 10, 1]:
    gains = [ceiling(attached, 100 - attached, threads) for threads in (2, 8, 64)]
    print(f"{attached:7}%{100 - attached:9}%", *(f"{gain:11.1f}" for gain in gains))
