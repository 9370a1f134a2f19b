"""Turns the Cython files into C++, compiles that, and packs it with a copy of libink."""

import os
import sys

from setuptools import Extension, setup

prefix = os.environ.get("INK_PREFIX")
if not prefix:
    sys.exit(
        "error: cannot find ink: `INK_PREFIX` is not set\n\n"
        "hint: run `cargo bindery demo cython`, which builds ink and sets it"
    )
sys.path.insert(0, os.path.join(prefix, "share", "ink"))
import ink_config  # noqa: E402


def module(name, **more):
    """One file of Cython, made into C++ and compiled."""
    return Extension(
        f"ink_cython.{name}",
        [f"src/ink_cython/{name}.pyx"],
        language="c++",
        include_dirs=[ink_config.INCLUDE, "src/ink_cython"],
        library_dirs=[ink_config.LIB],
        libraries=["ink"],
        # Cython brings helpers of its own, and does not use all of them.
        extra_compile_args=["-std=c++17", "-Wall", "-Wextra", "-Wno-unused-function"],
        extra_link_args=ink_config.LINK,
        **more,
    )


# Types and constants belong to the module and not to the process, so that a second interpreter
# has its own. Both are off by default, and called experimental.
own = [("CYTHON_USE_MODULE_STATE", "1"), ("CYTHON_USE_TYPE_SPECS", "1")]

setup(
    packages=["ink_cython"],
    package_dir={"": "src"},
    include_package_data=False,  # the wheel needs no sources
    ext_modules=[module("_native", define_macros=own), module("_loops")],
    cmdclass={"build_py": ink_config.CarryInk},
    # setuptools calls Cython by itself. By default the C++ would lie beside the sources.
    options={**ink_config.elsewhere(), "build_ext": {"cython_c_in_temp": True}},
)
