"""What arrives in C, which names are found, which files are opened."""

import ctypes
import ctypes.util
import os
import pty
import shutil
import subprocess
import sys

import lab

PRINTS = """
import ctypes, sys
lib = ctypes.CDLL(sys.argv[1])
print("Python first")
lib.myprint()
print("Python last")
"""

# ANCHOR: both_are_flushed
FLUSHES = """
import ctypes, sys
lib = ctypes.CDLL(sys.argv[1])
print("Python first", flush=True)
lib.myprint()
ctypes.CDLL(None).fflush(None)  # all streams of the C library
print("Python last", flush=True)
"""
# ANCHOR_END: both_are_flushed


def comes_of(function, *arguments):
    """What a call returns, or the name of what it raises."""
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__


def what_arrives(path):
    # ANCHOR: without_declarations
    guessed = ctypes.CDLL(path)
    lab.fact("guessed_wide", comes_of(guessed.add, 2**40, 1))
    lab.fact("guessed_wider", comes_of(guessed.add, 2**64 + 5, 0))
    lab.fact("guessed_float", comes_of(guessed.add, 2.5, 1))
    lab.fact("guessed_pointer", comes_of(guessed.same, ctypes.c_void_p(2**40 + 5)))
    lab.fact("guessed_half", comes_of(guessed.half, ctypes.c_double(9.0)) == 4.5)
    # ANCHOR_END: without_declarations

    # ANCHOR: with_declarations
    told = ctypes.CDLL(path)
    told.add.argtypes = [ctypes.c_int, ctypes.c_int]
    told.same_long.argtypes = [ctypes.c_long]
    told.same_long.restype = ctypes.c_long
    told.half.argtypes = [ctypes.c_double]
    told.half.restype = ctypes.c_double
    lab.fact("told_wide", comes_of(told.add, 2**40, 1))
    lab.fact("told_wider", comes_of(told.add, 2**64 + 5, 0))
    lab.fact("told_wider_long", comes_of(told.same_long, 2**64 + 5))
    lab.fact("told_float", comes_of(told.add, 2.5, 1))
    lab.fact("told_half", comes_of(told.half, 9))
    # ANCHOR_END: with_declarations
    lab.fact("told_truth", comes_of(told.add, True, 1))
    lab.fact("told_none", comes_of(told.add, None, 1))
    lab.fact("told_too_few", comes_of(told.add, 1))
    lab.fact("told_too_many", comes_of(told.add, 1, 2, 3))

    pointers = ctypes.CDLL(path)
    pointers.is_null.argtypes = [ctypes.c_void_p]
    pointers.first_letter.argtypes = [ctypes.c_char_p]
    lab.fact("pointer_none", comes_of(pointers.is_null, None))
    lab.fact("pointer_number", comes_of(pointers.is_null, 1))
    lab.fact("pointer_str", comes_of(pointers.is_null, "a text") == 0)
    lab.fact("pointer_float", comes_of(pointers.is_null, 1.5))
    lab.fact("text_bytes", comes_of(pointers.first_letter, b"A"))
    lab.fact("text_str", comes_of(pointers.first_letter, "A"))
    lab.fact("text_number", comes_of(pointers.first_letter, 65))


def which_names_are_found():
    if path := lab.library("add", for_series=["plain", "printed_caller"]):
        lab.fact("plain_works", ctypes.CDLL(path).add(5, 3))
        shutil.copy(path, lab.scratch / "add.so")
        ran = lab.run([sys.executable, lab.here / "python_caller.py"])
        lab.fact("printed_caller", ran.stdout.strip())
    if path := lab.library("without", for_series=["mangled"]):
        # ANCHOR: the_mangled_name
        lib = ctypes.CDLL(path)
        lab.fact("mangled_plain_name", lab.raised(lambda: lib.add))
        lab.fact("mangled_works", comes_of(lambda: lib["_Z3addii"](5, 3)))
        # ANCHOR_END: the_mangled_name


def which_files_are_opened(path):
    at = lab.scratch / "add.so"
    shutil.copy(path, at)
    shutil.copy(path, lab.scratch / "no_ending_at_all")
    (lab.scratch / "text.so").write_text("This is no library.\n")
    elsewhere = lab.scratch / "elsewhere"
    elsewhere.mkdir()
    opens = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"

    def can_open(name, cwd=lab.scratch):
        return lab.run([sys.executable, "-c", opens, name], cwd=cwd).returncode == 0

    lab.fact("file_here", can_open("./add.so"))
    lab.fact("file_from_elsewhere", can_open("./add.so", elsewhere))
    lab.fact("file_by_full_path", can_open(at, elsewhere))
    lab.fact("file_any_ending", can_open("./no_ending_at_all"))
    lab.fact("file_wrong_path", lab.raised(ctypes.CDLL, "/full/path/to/testlib.so"))
    lab.fact("file_of_text", lab.raised(ctypes.CDLL, str(lab.scratch / "text.so")))
    found = ctypes.util.find_library("m")
    if found is None:
        lab.missing("found", "find_library finds no mathematics here")
    else:
        lab.fact("found_name", found)
        maths = ctypes.CDLL(found)
        maths.sqrt.argtypes, maths.sqrt.restype = [ctypes.c_double], ctypes.c_double
        lab.fact("found_works", maths.sqrt(9.0))


def the_recipe(path):
    """What the `-soname` of the printed command does, where there are sonames."""
    if sys.platform != "linux":
        return lab.missing("soname", "only ELF has sonames")
    lab.fact("bare_name", lab.child("import ctypes; ctypes.CDLL('add.so')").returncode)
    opens = "import ctypes, sys; ctypes.CDLL(sys.argv[1]).myprint"
    renamed = lab.scratch / "another_name.so"
    shutil.copy(path, renamed)
    lab.fact("soname_by_path", lab.child(opens, renamed).returncode)
    lab.fact("soname_alone", lab.child(opens, "testlib").returncode)


def words(text):
    return " ".join(line.split()[-1] for line in text.splitlines())


def in_a_terminal(*command):
    """What a program writes when its output is a terminal."""
    ours, its = pty.openpty()
    buffered = dict(os.environ, PYTHONUNBUFFERED="")
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=its, env=buffered, check=True)
    os.close(its)
    said = os.read(ours, 1000).decode()
    os.close(ours)
    return said


def who_prints_first(path):
    def piped(code, unbuffered):
        environment = {"PYTHONUNBUFFERED": unbuffered}
        return words(lab.child(code, path, environment=environment).stdout)

    lab.fact("order_in_a_pipe", piped(PRINTS, ""))
    lab.fact("order_flushed", piped(FLUSHES, ""))
    lab.fact("order_unbuffered", piped(PRINTS, "1"))
    terminal = in_a_terminal(sys.executable, "-c", PRINTS, path)
    lab.fact("order_in_a_terminal", words(terminal))


if path := lab.library("types", for_series=["guessed", "told", "pointer", "text", "file", "found"]):
    what_arrives(path)
    if lab.first:
        which_files_are_opened(path)

if lab.first:
    which_names_are_found()

if lab.first and (path := lab.library("testlib", for_series=["order", "soname", "bare"])):
    who_prints_first(path)
    the_recipe(path)
