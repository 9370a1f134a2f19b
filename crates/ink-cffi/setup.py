"""Packs two packages and the layer they share: one that is compiled, and one that is not."""

import os
import sys
import sysconfig
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel

prefix = os.environ.get("INK_PREFIX")
if not prefix:
    sys.exit(
        "error: cannot find ink: `INK_PREFIX` is not set\n\n"
        "hint: run `cargo bindery demo cffi-api`, which builds ink and sets it"
    )
sys.path.insert(0, os.path.join(prefix, "share", "ink"))
import ink_config  # noqa: E402


class Wheel(bdist_wheel):
    """A wheel for every Python 3. With `--abi-only` it needs no compiler, and has no API mode."""

    user_options = [*bdist_wheel.user_options, ("abi-only", None, "leave API mode out")]
    boolean_options = [*bdist_wheel.boolean_options, "abi-only"]

    # ANCHOR: a_tag_that_is_true
    def initialize_options(self):
        super().initialize_options()
        self.abi_only = False
        if not sysconfig.get_config_var("Py_GIL_DISABLED"):
            self.py_limited_api = "cp310"

    def finalize_options(self):
        if self.abi_only:
            self.distribution.ext_modules = None
            self.distribution.packages.remove("ink_cffi_api")
        super().finalize_options()
        self.root_is_pure = False  # because of libink

    def get_tag(self):
        tag = super().get_tag()
        return ("py3", "none", tag[2]) if self.abi_only else tag
    # ANCHOR_END: a_tag_that_is_true


setup(
    packages=["ink_cffi_abi", "ink_cffi_api"],
    # By module, because each package listed above is given a copy of libink.
    py_modules=[
        f"_ink_cffi.{file.stem}"
        for file in sorted(Path("src/_ink_cffi").glob("*.py"))
        if file.stem != "__init__"
    ],
    package_dir={"": "src"},
    cffi_modules=["build_api.py:builder"],
    cmdclass={"build_py": ink_config.CarryInk, "bdist_wheel": Wheel},
    options=ink_config.elsewhere(),
)
