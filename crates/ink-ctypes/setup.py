"""Packs the Python files and a copy of libink into a wheel."""

import os
import sys

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel

prefix = os.environ.get("INK_PREFIX")
if not prefix:
    sys.exit(
        "error: cannot find ink: `INK_PREFIX` is not set\n\n"
        "hint: run `cargo bindery demo ctypes`, which builds ink and sets it"
    )
sys.path.insert(0, os.path.join(prefix, "share", "ink"))
import ink_config  # noqa: E402


class AnyPython(bdist_wheel):
    """Tags the wheel for this platform, because of libink, and for any Python 3."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(
    packages=["ink_ctypes"],
    package_dir={"": "src"},
    cmdclass={"build_py": ink_config.CarryInk, "bdist_wheel": AnyPython},
    options=ink_config.elsewhere(),
)
