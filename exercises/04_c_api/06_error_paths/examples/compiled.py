"""Compiles the C module beside it and imports that. It belongs to the lesson."""

import importlib.util
import os
import subprocess
import sysconfig
import tempfile


def load(name):
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, name + sysconfig.get_config_var("EXT_SUFFIX"))
        headers = sysconfig.get_path("include")
        source = os.path.join(here, name + ".c")
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-I", headers, source, "-o", library], check=True)
        spec = importlib.util.spec_from_file_location(name, library)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module
