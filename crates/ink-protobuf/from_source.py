"""For the demo and the tests: the package from its source folder, with the server that cargo
builds. An installed wheel needs none of this; it brings its server.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def build():
    """Builds the server if `INK_SERVER` names none, and makes `ink_protobuf` importable."""
    sys.path.insert(0, str(HERE / "python"))
    if "INK_SERVER" in os.environ:
        return
    command = ["cargo", "build", "--quiet", "-p", "ink-protobuf", "--message-format=json"]
    try:
        built = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    except FileNotFoundError:
        sys.exit("error: there is no `cargo`\n\nhint: install Rust, or set `INK_SERVER`")
    if built.returncode != 0:
        sys.exit("error: `ink-server` does not build\n\nhint: run `cargo build -p ink-protobuf`")
    messages = map(json.loads, built.stdout.splitlines())
    programs = [m["executable"] for m in messages if m.get("executable")]
    os.environ["INK_SERVER"] = programs[-1]
