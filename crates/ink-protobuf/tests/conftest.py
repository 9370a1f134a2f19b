"""The package from its source folder and cargo's server, unless a wheel is installed and
`INK_PROTOBUF=installed` says to take that.
"""

import os
import sys
from pathlib import Path

import pytest

if os.environ.get("INK_PROTOBUF") != "installed":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import from_source

    from_source.build()


@pytest.fixture
def connection():
    from ink_protobuf import Connection

    with Connection(may_crash=True) as connection:
        yield connection
