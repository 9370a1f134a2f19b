"""Builds wheels with setuptools, which is beside cffi in the private environment."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

# ANCHOR: fewest_lines
SETUP = """
from setuptools import Extension, setup
setup(
    name="stove", version="1.0",
    ext_modules=[
        Extension("stove", ["stove.c"], define_macros={macros}, py_limited_api={limited}),
    ],
    options={options},
)
"""
# No function that Python 3.10 does not have, and a wheel that says so.
MACROS = [("Py_LIMITED_API", "0x030A0000")]
OPTIONS = {"bdist_wheel": {"py_limited_api": "cp310"}}
# ANCHOR_END: fewest_lines


def build(folder, limited):
    home = Path(folder)
    home.mkdir()
    (home / "stove.c").write_bytes(Path("stove.c").read_bytes())
    macros, options = (MACROS, OPTIONS) if limited else ([], {})
    setup = SETUP.format(macros=macros, limited=limited, options=options)
    (home / "setup.py").write_text(setup)
    command = [sys.executable, "setup.py", "-q", "bdist_wheel"]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, cwd=home, check=True, stdout=subprocess.DEVNULL, env=quiet)
    return next((home / "dist").glob("*.whl"))


def without_what_varies(text):
    """Puts a word for each thing that is this Python's or this machine's own."""
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    version = "cp%d%d" % sys.version_info[:2]
    names = {sysconfig.get_config_var("SOABI"): "<SOABI>", platform: "<platform>"}
    names |= {version: "<this>"} if version != "cp310" or "abi3" not in text else {}
    for found, word in names.items():
        text = text.replace(found, word)
    return text


def show(wheel):
    print(without_what_varies(wheel.name))
    with zipfile.ZipFile(wheel) as opened:
        for path in sorted(opened.namelist()):
            print("   ", without_what_varies(path))
            if path.endswith("WHEEL"):
                for line in opened.read(path).decode().splitlines():
                    if line.startswith(("Root", "Tag")):
                        print("       ", without_what_varies(line))


if __name__ == "__main__":
    for folder, limited in [("for_this_python", False), ("for_all", True)]:
        show(build(folder, limited))
