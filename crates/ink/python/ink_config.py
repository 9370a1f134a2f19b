"""What a `setup.py` needs to build against ink: where it is, and how to carry it along.

It is installed into ink's prefix, at `share/ink`, as NumPy brings `numpy.get_include()`.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from setuptools.command.build_py import build_py

PREFIX = Path(__file__).resolve().parents[2]
INCLUDE = str(PREFIX / "include")
LIB = str(PREFIX / "lib")

NAME = {"darwin": "libink.dylib", "win32": "ink.dll"}.get(sys.platform, "libink.so")
LIBRARY = PREFIX / "lib" / NAME

# Where a module looks for the copy that lies beside it: what the loader calls its own folder.
ORIGIN = "@loader_path" if sys.platform == "darwin" else "$ORIGIN"
LINK = [] if sys.platform == "win32" else [f"-Wl,-rpath,{ORIGIN}"]


def elsewhere():
    """Options for `setup()` that keep what a build leaves behind out of the source folder."""
    folder = tempfile.mkdtemp(prefix="ink-build-")
    return {"build": {"build_base": folder}, "egg_info": {"egg_base": folder}}


class CarryInk(build_py):
    """Puts a copy of the library into each package, beside the modules that load it."""

    def run(self):
        super().run()
        for package in self.packages:
            folder = Path(self.build_lib, *package.split("."))
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(LIBRARY, folder / NAME)

    def get_outputs(self, include_bytecode=1):
        carried = [str(Path(self.build_lib, *p.split("."), NAME)) for p in self.packages]
        return super().get_outputs(include_bytecode) + carried
