"""A wrong declaration: ABI mode believes it, API mode finds what a C compiler can find."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "wrong_cdef.py"


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
@pytest.mark.skipif(
    not Path(sysconfig.get_path("include"), "Python.h").is_file(), reason="there is no Python.h"
)
@pytest.mark.skipif("INK_PREFIX" not in os.environ, reason="`INK_PREFIX` is not set")
def test_who_notices():
    lines = subprocess.check_output([sys.executable, EXAMPLE], text=True).splitlines()
    right, exchanged, nothing, byte = (lines[n : n + 3] for n in range(0, 12, 3))
    truth = right[1].removeprefix("  ABI mode: ")
    assert right[2] == f"  API mode: {truth}"
    for wrong in [exchanged, nothing, byte]:
        assert wrong[1].startswith("  ABI mode: luma ")
        assert truth not in wrong[1] or wrong is nothing  # which reads whatever was there
    assert "wrong offset for field 'b'" in exchanged[2]
    assert "refused by the compiler" in nothing[2]
    # What C converts in silence, no compiler refuses.
    assert byte[2].removeprefix("  API mode: ") == byte[1].removeprefix("  ABI mode: ")
