"""What `assert` and an `if` do about a wrong argument, in C and in Python."""

import shutil
import signal
import sys
import sysconfig

import lab

BEYOND = 3  # the number of a book that does not exist; there are 0, 1 and 2

ASK = """
import importlib, sys

module, function, number = sys.argv[1:]
function = getattr(importlib.import_module(module), function)
try:
    print(function(int(number)))
except BaseException as error:
    print(type(error).__name__)
"""


def asked(module, function, number=BEYOND, options=()):
    """A process that asks for a book, ready for any exception."""
    command = [sys.executable, "-s", *options, "-c", ASK]
    return lab.run([*command, module, function, number])


def answer(*arguments, **named):
    return asked(*arguments, **named).stdout.strip()


lab.time("empty", "pass")
released = lab.module("shelf", for_series=["c", "python_side", "released"])
if released:
    import sides

    lab.time("c_trusting", "look(1)", look=released.trusting)
    lab.time("c_checking", "look(1)", look=released.checking)
    lab.time("python_side_checking", "look(1)", look=sides.checking)

if released and lab.first:
    wrong = answer("shelf", "trusting")
    lab.fact("c_trusting_gives_a_number", wrong.isdigit())
    lab.fact("released_assert_is_gone", answer("shelf", "asserting") == wrong)
    lab.fact("c_check_raises", answer("shelf", "checking"))
    lab.fact("python_side_assert", answer("sides", "asserting"))
    lab.fact("python_side_assert_is_gone", answer("sides", "asserting", options=["-O"]) == wrong)
    lab.fact("python_side_check", answer("sides", "checking", options=["-O"]))

if lab.first and lab.module("shelf_asserting", for_series=["kept"]):
    kept = asked("shelf_asserting", "asserting")
    died = kept.returncode < 0
    lab.fact("kept_assert_ends_with", signal.Signals(-kept.returncode).name if died else "nothing")
    lab.fact("kept_assert_is_caught", kept.stdout != "")
    lab.fact("kept_assert_names_the_line", "shelf.c:" in kept.stderr and "n < 3" in kept.stderr)

# The build system that most packages use, with the flags it takes from Python.
lab.fact("python_flags_have_ndebug", "-DNDEBUG" in (sysconfig.get_config_var("CFLAGS") or ""))
if released and lab.first:
    for file in ["setup.py", "shelf.c"]:
        shutil.copy(lab.here / file, lab.scratch)
    built = lab.run([sys.executable, "setup.py", "-q", "build_ext", "--inplace"])
    if built.returncode == 0:
        sys.path.insert(0, str(lab.scratch))
        lab.fact("packaged_assert_is_gone", answer("shelf_as_packaged", "asserting") == wrong)
    else:
        lab.missing("packaged", "setuptools cannot build an extension here")
