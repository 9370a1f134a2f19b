"""A library that is missing, broken or of another version is refused at import."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def copy(ink, tmp_path):
    """The library of a copy of the installed binding, which may be spoiled."""
    site = Path(ink.__file__).parent.parent
    shutil.copytree(site, tmp_path / "site")
    return tmp_path / "site" / Path(ink.__library__).relative_to(site)


def refusal(ink, copy):
    """What an import of that copy says, which must be an ImportError."""
    folders = [folder for folder in copy.parents if folder.name == "site"]
    code = f"import sys; sys.path.insert(0, {str(folders[0])!r})\nimport {ink.__name__}"
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 1, f"it ended with {done.returncode}\n{done.stderr[-2000:]}"
    found = re.findall(r"^(?:ImportError|ModuleNotFoundError): .*", done.stderr, re.M)
    assert found, done.stderr[-2000:]
    return found[-1]


def test_the_copy_works(ink, copy):
    with pytest.raises(AssertionError, match="it ended with 0"):
        refusal(ink, copy)


def test_a_missing_library(ink, copy):
    copy.unlink()
    assert refusal(ink, copy)


def test_a_file_that_is_no_library(ink, copy):
    copy.write_text("this is no library\n" * 1000)
    assert copy.name in refusal(ink, copy)


def test_a_library_of_another_version(ink, copy):
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler: `apt install gcc` brings one")
    listed = subprocess.run(["nm", "-D", "--defined-only", copy], capture_output=True, text=True)
    if " PyInit_" in listed.stdout:
        pytest.skip("the library is part of the module, so the two cannot differ")
    names = set(re.findall(r" T (ink_\w+)", listed.stdout)) - {"ink_version"}
    assert names
    source = copy.with_suffix(".c")
    stubs = "".join(f"void *{name}(void) {{ return 0; }}\n" for name in sorted(names))
    source.write_text("unsigned ink_version(void) { return 4711; }\n" + stubs)
    copy.unlink()
    subprocess.run([compiler, "-shared", "-fPIC", "-o", copy, source], check=True)
    assert "4711" in refusal(ink, copy)
