"""What `assert` and an `if` do about a wrong argument, in C and in Python."""

import shutil
import signal
import sys
import sysconfig

import lab

EMPTY = "pass"
FAR = 3  # one beyond the last book


# ANCHOR: the_python_side
def asserting(n):
    assert isinstance(n, int) and 0 <= n < 3
    return trusting(n)


def checking(n):
    if not isinstance(n, int):
        raise TypeError(f"a number is needed, not {type(n).__name__}")
    if not 0 <= n < 3:
        raise IndexError(f"there is no book {n}")
    return trusting(n)
# ANCHOR_END: the_python_side


def asked(module, function, number, *options):
    """What a process says that asks for a book and is ready for any exception."""
    code = """if True:
        import importlib, sys
        module, function, number = sys.argv[1:]
        function = getattr(importlib.import_module(module), function)
        try:
            print(function(int(number)))
        except BaseException as error:
            print(type(error).__name__)
        """
    return lab.run([sys.executable, "-s", *options, "-c", code, module, function, number])


lab.fact("python_flags_have_ndebug", "-DNDEBUG" in (sysconfig.get_config_var("CFLAGS") or ""))
lab.time("empty", EMPTY)

if module := lab.module("shelf", for_series=["c", "python", "released"]):
    trusting = module.trusting
    for name in ["trusting", "checking"]:
        lab.time(f"c_{name}", "look(1)", look=getattr(module, name))
    lab.time("python_checking", "look(1)", look=checking)

    if lab.first:
        right = asked("shelf", "trusting", 1).stdout.strip()
        wrong = asked("shelf", "trusting", FAR)
        lab.fact("c_trusting_gives_a_number", wrong.stdout.strip().isdigit() and right != wrong.stdout.strip())
        released = asked("shelf", "asserting", FAR)
        lab.fact("released_assert_is_gone", released.stdout == wrong.stdout)
        lab.fact("c_check_raises", asked("shelf", "checking", FAR).stdout.strip())

if lab.first and lab.module("shelf_asserting", for_series=["kept"]):
    kept = asked("shelf_asserting", "asserting", FAR)
    died = kept.returncode < 0
    lab.fact("kept_assert_ends_with", signal.Signals(-kept.returncode).name if died else "nothing")
    lab.fact("kept_assert_is_caught", kept.stdout != "")
    lab.fact("kept_assert_names_the_line", "shelf.c:" in kept.stderr and "n < 3" in kept.stderr)

if lab.first:
    # A Python assert is an exception, until somebody says -O.
    code = "\n".join([
        "def trusting(n): return n",
        "def asserting(n):",
        "    assert isinstance(n, int) and 0 <= n < 3",
        "    return trusting(n)",
        "try: print(asserting(3))",
        "except AssertionError as error: print(type(error).__name__)",
    ])
    lab.fact("python_assert", lab.run([sys.executable, "-c", code]).stdout.strip())
    lab.fact("python_assert_optimized", lab.run([sys.executable, "-O", "-c", code]).stdout.strip())

    # The build system that most packages use, with its own flags.
    for file in ["setup.py", "shelf.c"]:
        shutil.copy(lab.here / file, lab.scratch)
    built = lab.tool("cc", for_facts=["packaged"]) and lab.run([sys.executable, "setup.py", "-q", "build_ext", "--inplace"])
    if built and built.returncode == 0:
        sys.path.insert(0, str(lab.scratch))
        packaged = asked("shelf_as_packaged", "asserting", FAR)
        lab.fact("packaged_assert_is_gone", packaged.returncode == 0 and packaged.stdout.strip().isdigit())
    elif built:
        lab.missing("packaged", "setuptools cannot build an extension here")
