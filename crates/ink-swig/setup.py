"""Runs SWIG, compiles what it wrote, and packs both halves with a copy of libink."""

import os
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

prefix = os.environ.get("INK_PREFIX")
if not prefix:
    sys.exit(
        "error: cannot find ink: `INK_PREFIX` is not set\n\n"
        "hint: run `cargo bindery demo swig`, which builds ink and sets it"
    )
sys.path.insert(0, os.path.join(prefix, "share", "ink"))
import ink_config  # noqa: E402


class Swig(build_ext):
    """Writes what is generated into the build folders. setuptools would put it beside the source."""

    def swig_sources(self, sources, extension):
        package = Path(self.build_lib, "ink_swig")
        generated = Path(self.build_temp, "core.cpp")
        for folder in (package, generated.parent):
            folder.mkdir(parents=True, exist_ok=True)
        options = ["-python", "-c++", "-std=c++17", "-Werror", "-Isrc"]
        command = [self.find_swig(), *options, "-outdir", str(package), "-o", str(generated)]
        self.spawn([*command, *sources])
        return [str(generated)]


setup(
    packages=["ink_swig"],
    package_dir={"": "src"},
    ext_modules=[
        Extension(
            "ink_swig._core",
            ["src/core.i"],
            include_dirs=["src", ink_config.INCLUDE],
            library_dirs=[ink_config.LIB],
            libraries=["ink"],
            language="c++",
            extra_compile_args=["-std=c++17", "-Wall", "-Wextra"],
            extra_link_args=ink_config.LINK,
        )
    ],
    cmdclass={"build_py": ink_config.CarryInk, "build_ext": Swig},
    options=ink_config.elsewhere(),
)
