"""One compiled module, and other Pythons than the one it was compiled for."""

import pathlib
import shutil
import sys

import lab
import others

NUMBER = -21

# What another Python is asked. It is started with `-I`, so that it looks for modules nowhere
# but where we say.
IMPORTED = """
import importlib, sys
folder, module, number = sys.argv[1:]
sys.path.insert(0, folder)
try:
    print(importlib.import_module(module).doubled(int(number)))
except ImportError as error:
    print(type(error).__name__)
"""
LOADED = """
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
library.doubled.argtypes, library.doubled.restype = [ctypes.c_long], ctypes.c_long
print(library.doubled(int(sys.argv[2])))
"""


def said(python, code, *arguments):
    ran = lab.run([python, "-I", "-c", code, *arguments, NUMBER])
    return ran.stdout.strip() if ran.returncode == 0 else "crashed"


def is_number(text):
    return text.lstrip("-").isdigit()


def folder_with(name, file):
    """A folder of its own with one module in it, under this name."""
    folder = lab.scratch / name
    folder.mkdir()
    shutil.copy(file, folder / name)
    return folder


def compare(built, stable, plain):
    # ANCHOR: three_files
    as_built = folder_with(pathlib.Path(built).name, built)
    renamed = folder_with("digits.so", built)  # a name that says nothing of a version
    for_all = folder_with("stable.abi3.so", stable)
    # ANCHOR_END: three_files
    right = str(2 * NUMBER)
    lab.fact("own_right", said(sys.executable, IMPORTED, as_built, "digits") == right)
    version = f"{sys.version_info[0]}{sys.version_info[1]}"
    lab.fact("own_name_has_the_version", f"cpython-{version}" in pathlib.Path(built).name)

    pythons = others.found()
    lab.count("pythons_tried", len(pythons))
    if not pythons:
        for name in ["foreign", "renamed", "stable", "plain", "old_layout"]:
            lab.missing(name, "there is no CPython of another version here")
        return

    def in_each(code, *arguments):
        return {each: said(python, code, *arguments) for each, python in pythons.items()}

    refused = set(in_each(IMPORTED, as_built, "digits").values())
    lab.fact("foreign_import", ", ".join(sorted(refused)))
    loaded = in_each(IMPORTED, renamed, "digits")
    lab.fact("renamed_loads", all(is_number(answer) for answer in loaded.values()))
    lab.fact("stable_right", set(in_each(IMPORTED, for_all, "stable").values()) == {right})
    lab.fact("plain_right", set(in_each(LOADED, plain).values()) == {right})

    # The struct of an int changed with 3.12, so a Python from the other side is needed.
    across = [loaded[each] for each in loaded if (each < (3, 12)) != (sys.version_info < (3, 12))]
    if across:
        lab.fact("old_layout_right", right in across)
        lab.fact("old_layout_answer", across[0])
    else:
        lab.missing("old_layout", "there is no Python here from the other side of 3.12")


built = lab.library("digits", for_series=["own", "foreign", "renamed", "old_layout", "pythons"])
stable = lab.library("stable", for_series=["stable"])
plain = lab.library("plain", for_series=["plain"])
if built and stable and plain:
    compare(built, stable, plain)
