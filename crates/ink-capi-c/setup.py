"""Compiles the module, links it with libink, and packs both into a wheel."""

import os
import sys
from glob import glob

from setuptools import Extension, setup

prefix = os.environ.get("INK_PREFIX")
if not prefix:
    sys.exit(
        "error: cannot find ink: `INK_PREFIX` is not set\n\n"
        "hint: run `cargo bindery demo capi-c`, which builds ink and sets it"
    )
sys.path.insert(0, os.path.join(prefix, "share", "ink"))
import ink_config  # noqa: E402

# ANCHOR: one_extension
native = Extension(
    "ink_capi_c._ink",
    sources=sorted(glob("src/*.c")),
    depends=glob("src/*.h"),
    include_dirs=[ink_config.INCLUDE],
    library_dirs=[ink_config.LIB],
    libraries=["ink"],
    extra_compile_args=["-std=c11", "-Wall", "-Wextra"],
    extra_link_args=ink_config.LINK,
)
# ANCHOR_END: one_extension

setup(
    packages=["ink_capi_c"],
    package_dir={"": "src"},
    ext_modules=[native],
    cmdclass={"build_py": ink_config.CarryInk},
    options=ink_config.elsewhere(),
)
