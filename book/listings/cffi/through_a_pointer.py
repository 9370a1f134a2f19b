import weakref

from asking import ffi, lib


# ANCHOR: an_object_through_c
class Oracle:
    def __init__(self, word):
        self.word = word


@ffi.def_extern()
def answer(user, question):
    oracle = ffi.from_handle(user)
    print(oracle.word)
    return question * len(oracle.word)


delphi, dodona = ffi.new_handle(Oracle("perhaps")), ffi.new_handle(Oracle("no"))
print(lib.ask(lib.answer, delphi, 6))
print(lib.ask(lib.answer, dodona, 6))
# ANCHOR_END: an_object_through_c

# ANCHOR: an_address_keeps_nothing
oracle = Oracle("nothing")
gone = weakref.ref(oracle)
user = ffi.cast("void *", ffi.new_handle(oracle))  # all that C would have
del oracle
print("still there" if gone() else "gone")
# ANCHOR_END: an_address_keeps_nothing
