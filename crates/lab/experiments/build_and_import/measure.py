"""How long a binding of the smallest library takes to build, and to import."""

import pathlib
import re
import resource
import shutil
import sys
import sysconfig

import lab

TALLY = lab.here.parents[2] / "tally"
MODULES = [
    "fastcall", "limited", "ffi", "pyo3", "cython", "nanobind", "pybind11", "boost", "swig", "cffi",
]

# Nothing is built for these two: what an import does for the others, they do in Python.
BY_CTYPES = """
import ctypes, sys
add = ctypes.CDLL(sys.argv[1]).tally_add
add.argtypes = [ctypes.c_long, ctypes.c_long]
add.restype = ctypes.c_long
"""
BY_CFFI_ABI = """
import cffi, sys
ffi = cffi.FFI()
ffi.cdef("long tally_add(long a, long b);")
add = ffi.dlopen(sys.argv[1]).tally_add
"""


def importing(name, code, *arguments):
    """A module is loaded once in a process, so each time needs a process of its own. It is
    the processor's time, and the least of three: the first may have to compile Python."""
    timed = f"import time; _t = time.thread_time_ns()\n{code}\nprint(time.thread_time_ns() - _t)"
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    ended = [lab.child(timed, *arguments, environment=kept) for _ in range(3)]
    least = min(int(child.stdout) for child in ended)
    lab.clocked(f"import_{name}", lambda loops: least * loops)


def build(name, *commands, environment=None):
    """Runs the commands and tells how many seconds of the processor that took."""
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        ended = lab.run(command, timeout=600, environment=environment, cwd=TALLY)
        if ended.returncode != 0:
            return lab.missing(f"build_{name}", ended.stderr[-300:])
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
    lab.count(f"build_{name}", spent)


def crate(name, tool):
    """A crate with nothing but the binding and its tool, in the versions of this workspace:
    what is timed is the first build, with the tool itself, and not the next one."""
    root = TALLY.parents[1]
    version = re.search(rf"^{tool} = (.*)", (root / "Cargo.toml").read_text(), re.MULTILINE)[1]
    folder = lab.scratch / name
    folder.mkdir()
    shutil.copy(root / "Cargo.lock", folder)
    manifest = folder / "Cargo.toml"
    manifest.write_text(
        f'package = {{ name = "tally_{name}", version = "0.0.0", edition = "2024" }}\n'
        f'lib = {{ path = "{TALLY}/rust/tally_{name}.rs", crate-type = ["cdylib"] }}\n'
        f'dependencies = {{ tally = {{ path = "{TALLY}" }}, {tool} = {version} }}\n'
        "workspace = {}\n"
    )
    return manifest


def build_all(there):
    """The commands that the tools' own build systems would end up with."""
    scratch, python = lab.scratch, sys.executable
    shared = ["-O2", "-DNDEBUG", "-fPIC", "-shared", "-I", "c"]
    shared += ["-isystem", sysconfig.get_path("include")]
    if sys.platform == "darwin":
        shared += ["-undefined", "dynamic_lookup"]
    cc = ["cc", *shared]
    cpp = ["c++", "-std=c++17", "-fvisibility=hidden", *shared]

    def out(name):
        return ["c/tally.c", "-o", scratch / f"tally_{name}.so"]

    build("fastcall", [*cc, "c/tally_fastcall.c", *out("fastcall")])
    build("limited", [*cc, "c/tally_limited.c", *out("limited")])

    c_file = scratch / "tally_cython.c"
    translate = [python, "-m", "cython", "-3", "-o", c_file, "python/tally_cython.pyx"]
    build("cython", translate, [*cc, c_file, *out("cython")])

    c_file = scratch / "tally_cffi.c"
    emit = "import runpy, sys; runpy.run_path(sys.argv[1])['ffibuilder'].emit_c_code(sys.argv[2])"
    translate = [python, "-s", "-c", emit, "python/tally_cffi_build.py", c_file]
    build("cffi", translate, [*cc, c_file, *out("cffi")])

    wrapper = scratch / "wrapper.cpp"
    translate = [pathlib.Path(python).with_name("swig"), "-python", "-c++", "-outdir", scratch]
    translate += ["-o", wrapper, "swig/tally_swig.i"]
    build("swig", translate, [*cpp, wrapper, *out("swig")])

    import nanobind
    import pybind11

    include = ["-isystem", pybind11.get_include()]
    build("pybind11", [*cpp, *include, "cpp/tally_pybind11.cpp", *out("pybind11")])
    home = pathlib.Path(nanobind.__file__).parent
    include = ["-isystem", home / "include", "-isystem", home / "ext/robin_map/include"]
    sources = ["cpp/tally_nanobind.cpp", home / "src/nb_combined.cpp"]
    flags = ["-fno-strict-aliasing", "-DNB_COMPACT_ASSERTIONS"]
    build("nanobind", [*cpp, *flags, *include, *sources, *out("nanobind")])
    if "boost" in there:
        library = "-lboost_python{}{}".format(*sys.version_info)
        build("boost", [*cpp, "cpp/tally_boost.cpp", *out("boost"), library])

    for name, tool in [("ffi", "pyo3-ffi"), ("pyo3", "pyo3")]:
        settings = {"PYO3_PYTHON": python, "PYO3_BUILD_EXTENSION_MODULE": "1"}
        command = ["cargo", "build", "--release", "--manifest-path", crate(name, tool)]
        build(name, [*command, "--target-dir", scratch / name / "target"], environment=settings)



there = []
for name in MODULES:
    # Not imported here: only whether it was built.
    if lab.library(f"tally_{name}", for_series=[f"import_{name}", f"build_{name}"]):
        importing(name, f"import tally_{name}")
        there.append(name)
if path := lab.library("tally", for_series=["import_ctypes", "import_cffi_abi"]):
    importing("ctypes", BY_CTYPES, path)
    importing("cffi_abi", BY_CFFI_ABI, path)

if lab.quick:
    lab.missing("build", "building everything anew takes a minute: without --quick")
elif lab.first:
    build_all(there)
