"""Prints what this interpreter is, as one line of JSON. Runs under `-I -S`."""

import json
import os
import struct
import sys
import sysconfig

variable = sysconfig.get_config_var
major, minor, micro = sys.version_info[:3]
base = getattr(sys, "base_prefix", sys.prefix)
flags = getattr(sys, "abiflags", "")


def executables():
    """Where the binary behind a shim or a virtual environment may be, best first."""
    running = sys.executable or ""
    for folder in (os.path.dirname(running), os.path.dirname(os.path.dirname(running))):
        try:
            with open(os.path.join(folder, "pyvenv.cfg"), encoding="utf-8") as lines:
                pairs = [line.partition("=") for line in lines]
        except OSError:
            continue
        settings = {key.strip(): value.strip() for key, _, value in pairs}
        if "executable" in settings:
            yield settings["executable"]
        if "home" in settings:
            for name in ("python%d.%d%s" % (major, minor, flags), "python%d.%d" % (major, minor),
                         "python%d" % major, os.path.basename(running)):
                yield os.path.join(settings["home"], name)
    yield getattr(sys, "_base_executable", None)
    yield running


def includes():
    yield sysconfig.get_path("include")
    yield variable("INCLUDEPY")
    yield os.path.join(base, "include", "python%d.%d%s" % (major, minor, flags))


def libraries(names):
    folders = [variable("LIBDIR"), os.path.join(base, "lib"), variable("LIBPL")]
    for folder in folders:
        for name in names:
            if folder and name:
                yield os.path.join(folder, name)
    if variable("PYTHONFRAMEWORKPREFIX") and variable("LDLIBRARY"):
        yield os.path.join(variable("PYTHONFRAMEWORKPREFIX"), variable("LDLIBRARY"))


def distinct(paths):
    return list(dict.fromkeys(path for path in paths if path))


# A conda interpreter says it is static and has the shared library beside it.
conda = os.path.exists(os.path.join(base, "conda-meta"))
shared = bool(variable("Py_ENABLE_SHARED") or variable("PYTHONFRAMEWORK") or conda)
stem = "libpython" + (variable("LDVERSION") or "%d.%d%s" % (major, minor, flags))
shared_names = [stem + ".so", stem + ".dylib", variable("LDLIBRARY"), variable("INSTSONAME")]

print(json.dumps({
    "implementation": sys.implementation.name,
    "version": [major, minor, micro],
    "version_string": sys.version.split()[0],
    "soabi": variable("SOABI"),
    "ext_suffix": variable("EXT_SUFFIX"),
    "platform": sysconfig.get_platform(),
    "pointer_width": struct.calcsize("P") * 8,
    "free_threaded": bool(variable("Py_GIL_DISABLED")),
    "debug": bool(variable("Py_DEBUG")),
    "enable_shared": bool(variable("Py_ENABLE_SHARED")),
    "libdir": variable("LIBDIR"),
    "ldlibrary": variable("LDLIBRARY"),
    "includes": distinct(includes()),
    "shared_libraries": distinct(
        path for path in libraries(shared_names) if not path.endswith(".a")) if shared else [],
    "static_libraries": distinct(
        path for path in libraries([variable("LIBRARY"), stem + ".a"]) if path.endswith(".a")),
    "executables": distinct(os.path.realpath(path) for path in executables() if path),
}))
