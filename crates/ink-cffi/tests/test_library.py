"""ABI mode: `INK_LIBRARY` may name any file. What is wrong with it is said in words."""

import os
import subprocess
import sys
from pathlib import Path

import ink_cffi_abi as ink


def refusal(path):
    done = subprocess.run(
        [sys.executable, "-c", "import ink_cffi_abi"],
        capture_output=True,
        text=True,
        env={**os.environ, "INK_LIBRARY": str(path)},
    )
    assert done.returncode == 1, done.stderr
    words = done.stderr[done.stderr.rindex("\nImportError: ") :]
    assert f"cannot load ink from `{path}`" in words
    assert "\nhint: " in words
    return words


def test_another_place_will_do(tmp_path):
    moved = tmp_path / "moved.so"
    moved.write_bytes(Path(ink.__library__).read_bytes())
    code = "import ink_cffi_abi as ink; print(ink.__library__, ink.Image(2, 3).height)"
    environment = {**os.environ, "INK_LIBRARY": str(moved)}
    printed = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment)
    assert printed.split() == [str(moved), "3"]


def test_a_missing_file(tmp_path):
    assert "No such file" in refusal(tmp_path / "nowhere.so")


def test_a_text(tmp_path):
    text = tmp_path / "text.so"
    text.write_text("this is no library")
    refusal(text)


def test_a_library_for_another_processor(tmp_path):
    other = tmp_path / "other.so"
    data = bytearray(Path(ink.__library__).read_bytes())
    data[18:20] = (0xF3).to_bytes(2, "little")  # RISC-V
    other.write_bytes(data)
    assert "another kind of machine" in refusal(other)


def test_a_library_without_ink():
    import _ctypes

    assert "ink_version" in refusal(_ctypes.__file__)
