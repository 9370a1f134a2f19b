"""Where the server program is, and how it is started."""

import os
import subprocess
from importlib import metadata
from pathlib import Path

PROGRAM = "ink-server"


def find():
    """The server's path: the one in `INK_SERVER`, else the one that this package brought."""
    named = os.environ.get("INK_SERVER")
    if named:
        return Path(named)
    try:
        files = metadata.files("ink-protobuf") or []
    except metadata.PackageNotFoundError:
        files = []
    # A wheel's programs go to the environment's `bin`, and its record says where that is. Only
    # `pip install --target` puts them beside the package, and writes a record that is wrong.
    places = [Path(__file__).parents[1] / "bin" / PROGRAM]
    places += [Path(file.locate()) for file in files if file.stem == PROGRAM]
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(
        f"there is no `{PROGRAM}` beside this package: set `INK_SERVER` to its path"
    )


def start(program, may_crash):
    """Starts it, with a pipe to it and one from it."""
    return subprocess.Popen(
        [os.fspath(program), *(["--may-crash"] if may_crash else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A session of its own: Ctrl-C in the terminal is for this program, and what becomes of
        # the server is this program's to decide.
        start_new_session=True,
    )
