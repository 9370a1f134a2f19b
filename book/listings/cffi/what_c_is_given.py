import io
import sys

from asking import ffi, lib

sys.stderr = io.StringIO()


# ANCHOR: nobody_catches_it
@ffi.def_extern()
def answer(user, question):
    raise LookupError("no answer")


print("C is given", lib.ask(lib.answer, ffi.NULL, 6))
print("on standard error:", sys.stderr.getvalue().splitlines()[-1])
# ANCHOR_END: nobody_catches_it


# ANCHOR: somebody_catches_it
@ffi.def_extern(error=-1, onerror=lambda *raised: aside.append(raised))
def answer(user, question):
    if question > 6:
        return 2**40
    raise LookupError("no answer")


for question in (6, 7):
    aside = []
    print("C is given", lib.ask(lib.answer, ffi.NULL, question))
    for kind, error, traceback in aside:
        print("   ", kind.__name__, "with a traceback" if traceback else "without one")
# ANCHOR_END: somebody_catches_it
