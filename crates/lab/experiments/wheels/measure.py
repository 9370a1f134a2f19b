"""Four wheels, and for whom their names say they are."""

import concurrent.futures
import shutil
import sys
import zipfile

import lab

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
OFFLINE = ["-q", "--no-index", "--no-deps"]
HERE = tuple(sys.version_info[:2])
NEXT = (HERE[0], HERE[1] + 1)
WINDOWS = "win_amd64"
WHEELS = ["module", "stable", "carried", "honest"]


def project(name, *, library=None, setup=None):
    """A copy of a project in a folder of its own, for building leaves things behind."""
    copy = lab.scratch / f"{name}{'-honest' if setup else ''}"
    shutil.copytree(lab.here / name, copy)
    if library:
        shutil.copy(library, copy / "pages_carried" / "libpages.so")
    if setup:
        shutil.copy(lab.here / setup, copy / "setup.py")
    return copy


def wheel_of(folder):
    # ANCHOR: built_by_pip
    command = [*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", "out", "."]
    made = lab.run(command, cwd=folder, timeout=300)
    # ANCHOR_END: built_by_pip
    wheels = list((folder / "out").glob("*.whl"))
    if not wheels:
        raise RuntimeError(f"pip made no wheel of {folder.name}\n{made.stdout}{made.stderr}")
    return wheels[0]


def installed(folder, *wheels, options=()):
    """Whether pip installs these into a folder."""
    command = [*PIP, "install", *OFFLINE, *options, "--target", folder, *wheels]
    return lab.run(command).returncode == 0


def said(folder, module, function, *arguments):
    code = "import importlib, sys; sys.path.insert(0, sys.argv[1])\n"
    code += "function = getattr(importlib.import_module(sys.argv[2]), sys.argv[3])\n"
    code += "print(function(*map(int, sys.argv[4:])))"
    return lab.child(code, folder, module, function, *arguments).stdout.strip()


def works(folder, module):
    return said(folder, module, "turned", 7) == "8"


def tag(wheel):
    return wheel.stem.split("-", 2)[2]


def fits(wheel, version, platform):
    """Whether installers would take the wheel on such a Python and platform, by its name."""
    from packaging import tags, utils

    known = [*tags.cpython_tags(version, platforms=[platform])]
    known += tags.compatible_tags(version, platforms=[platform])
    return not utils.parse_wheel_filename(wheel.name)[3].isdisjoint(known)


def tell(module, stable, carried, honest):
    site, windows = lab.scratch / "site", lab.scratch / "windows"
    installed(site, module, stable, honest)
    platform = tag(module).split("-")[2]

    lab.fact("module_tag", tag(module))
    lab.fact("module_works", works(site, "pages"))
    lab.fact("module_asserts", said(site, "pages", "asserts"))
    lab.fact("module_fits_here", fits(module, HERE, platform))
    lab.fact("module_fits_next", fits(module, NEXT, platform))
    lab.fact("module_fits_windows", fits(module, HERE, WINDOWS))
    lab.fact("module_is_manylinux", platform.startswith("manylinux"))

    lab.fact("stable_tag", tag(stable))
    lab.fact("stable_works", works(site, "pages_stable"))
    lab.fact("stable_fits_here", fits(stable, HERE, platform))
    lab.fact("stable_fits_next", fits(stable, NEXT, platform))

    # ANCHOR: as_on_windows
    elsewhere = ["--platform", WINDOWS, "--only-binary", ":all:"]
    lab.fact("carried_taken_for_windows", installed(windows, carried, options=elsewhere))
    # ANCHOR_END: as_on_windows
    lab.fact("carried_tag", tag(carried))
    lab.fact("carried_works", works(windows, "pages_carried"))
    files = zipfile.ZipFile(carried).namelist()
    lab.fact("carried_has_machine_code", any(name.endswith(".so") for name in files))

    lab.fact("honest_tag", tag(honest))
    lab.fact("honest_works", works(site, "pages_carried"))
    lab.fact("honest_fits_next", fits(honest, HERE, platform) and fits(honest, NEXT, platform))
    lab.fact("honest_fits_windows", fits(honest, HERE, WINDOWS))


library = lab.library("pages", for_series=WHEELS)
if library and sys.platform == "linux" and lab.tool("c++", for_facts=WHEELS):
    projects = [
        project("module"),
        project("stable"),
        project("carrier", library=library),
        project("carrier", library=library, setup="honest_setup.py"),
    ]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tell(*pool.map(wheel_of, projects))
elif library and sys.platform != "linux":
    for name in WHEELS:
        lab.missing(name, "the wheels of this experiment are for Linux")

# Whether each binding of ink says how its wheels are made for others.
try:
    import tomllib
except ImportError:  # before Python 3.11; pip has one of its own
    from pip._vendor import tomli as tomllib

crates = lab.here.parents[2]
bindings = [tomllib.loads(file.read_text()) for file in crates.glob("ink-*/pyproject.toml")]
configured = ["cibuildwheel" in each.get("tool", {}) for each in bindings]
lab.count("bindings", len(bindings))
lab.count("bindings_with_cibuildwheel", sum(configured))
