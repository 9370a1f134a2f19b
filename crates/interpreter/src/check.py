"""Fails unless every package named is installed; prints where, below the environment."""

import importlib.metadata
import json
import os
import sys
import sysconfig

for name in sys.argv[1:]:
    importlib.metadata.version(name)
print(json.dumps(os.path.relpath(sysconfig.get_path("purelib"), sys.prefix)))
