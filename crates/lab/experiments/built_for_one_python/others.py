"""Which other Pythons there are on this machine."""

import json
import os
import pathlib
import shutil
import sys

import lab

ABOUT = """
import ctypes, json, sys
print(json.dumps({
    "version": sys.version_info[:2],
    "usual": sys.implementation.name == "cpython" and not sys.abiflags,
}))
"""


def found():
    """CPythons of other versions from 3.10 on, one of each: version to path."""
    pyenv = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv")
    uv = pathlib.Path.home() / ".local/share/uv/python"
    places = [*pyenv.glob("versions/*/bin/python3"), *uv.glob("cpython-*/bin/python3")]
    places += [shutil.which(f"python3.{minor}") for minor in range(10, 16)]
    others = {}
    for place in filter(None, places):
        ran = lab.run([place, "-I", "-c", ABOUT])
        if ran.returncode != 0:
            continue
        about = json.loads(ran.stdout)
        version = tuple(about["version"])
        if about["usual"] and version >= (3, 10) and version != sys.version_info[:2]:
            others.setdefault(version, place)
    return others
