//! The one command that mends what is wrong, for the machine this runs on. Knows
//! package managers and nothing of how an error came about.

use std::path::{Path, PathBuf};

use crate::facts::Abi;
use crate::surroundings::{Surroundings, is_program};

/// The versions that the locks in `packages/` hold for, newest first.
const MINORS: [u16; 5] = [14, 13, 12, 11, 10];

/// What installs programs and libraries on this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageManager {
    /// Debian, Ubuntu.
    Apt,
    /// Fedora, RHEL.
    Dnf,
    /// macOS.
    Brew,
    /// Anything else.
    Unknown,
}

impl PackageManager {
    /// The one of this machine.
    pub fn detect() -> Self {
        if cfg!(target_os = "macos") {
            return Self::Brew;
        }
        Self::from_os_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    fn from_os_release(text: &str) -> Self {
        let mut names = text.lines().filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        });
        names
            .find_map(|value| {
                value
                    .trim_matches('"')
                    .split_whitespace()
                    .find_map(|name| match name {
                        "debian" | "ubuntu" => Some(Self::Apt),
                        "fedora" | "rhel" | "centos" => Some(Self::Dnf),
                        _ => None,
                    })
            })
            .unwrap_or(Self::Unknown)
    }
}

/// How to get a Python that will do.
pub(crate) fn install_python() -> String {
    match PackageManager::detect() {
        PackageManager::Apt => run("sudo apt install python3 python3-dev python3-venv"),
        PackageManager::Dnf => run("sudo dnf install python3 python3-devel"),
        PackageManager::Brew => run("brew install python"),
        PackageManager::Unknown => {
            "install CPython 3.10 or newer with its headers, and put it on `PATH`".to_owned()
        }
    }
}

/// How to get this Python's headers.
pub(crate) fn install_headers(executable: &Path, abi: Abi, version: &str) -> String {
    headers(
        PackageManager::detect(),
        executable,
        abi,
        version,
        is_systems_own(executable),
    )
}

fn headers(
    manager: PackageManager,
    executable: &Path,
    abi: Abi,
    version: &str,
    systems_own: bool,
) -> String {
    if is_pyenvs(executable) {
        return run(&format!("pyenv install --force {version}"));
    }
    let Abi { major, minor, .. } = abi;
    let from_package = executable.starts_with("/usr/bin");
    match manager {
        PackageManager::Apt if systems_own => run("sudo apt install python3-dev"),
        PackageManager::Apt if from_package => {
            run(&format!("sudo apt install python{major}.{minor}-dev"))
        }
        PackageManager::Dnf if systems_own => run("sudo dnf install python3-devel"),
        PackageManager::Dnf if from_package => {
            run(&format!("sudo dnf install python{major}.{minor}-devel"))
        }
        PackageManager::Brew => run(&format!("brew reinstall python@{major}.{minor}")),
        _ => format!(
            "install the development files of Python {version}, or set `PYO3_PYTHON` to a \
             Python that has them"
        ),
    }
}

/// How to get this Python's `venv`.
pub(crate) fn install_venv(executable: &Path, abi: Abi) -> String {
    let Abi { major, minor, .. } = abi;
    match PackageManager::detect() {
        _ if is_pyenvs(executable) => run(&format!("pyenv install --force {major}.{minor}")),
        PackageManager::Apt if is_systems_own(executable) => run("sudo apt install python3-venv"),
        PackageManager::Apt if executable.starts_with("/usr/bin") => {
            run(&format!("sudo apt install python{major}.{minor}-venv"))
        }
        PackageManager::Brew => run(&format!("brew reinstall python@{major}.{minor}")),
        _ => format!(
            "install `uv`, which needs no `venv` module, or set `PYO3_PYTHON` to a Python \
             {major}.{minor} that has one"
        ),
    }
}

fn run(command: &str) -> String {
    format!("run `{command}`")
}

/// Whether the distribution's `python3` is this binary.
fn is_systems_own(executable: &Path) -> bool {
    Path::new("/usr/bin/python3")
        .canonicalize()
        .is_ok_and(|own| own == executable)
}

fn is_pyenvs(executable: &Path) -> bool {
    executable
        .components()
        .any(|part| part.as_os_str() == ".pyenv")
}

/// A Python on this machine that may well do, to name in a hint. It is not run: a
/// shim, which may lead nowhere, is left out.
pub(crate) fn newer_python(surroundings: &Surroundings) -> Option<PathBuf> {
    let on_path = MINORS.iter().find_map(|minor| {
        let name = format!("python3.{minor}");
        surroundings
            .search_path()
            .filter(|folder| !folder.ends_with("shims"))
            .map(|folder| folder.join(&name))
            .find(|path| is_program(path))
    });
    on_path.or_else(|| {
        let versions = Path::new(surroundings.variable("PYENV_ROOT")?).join("versions");
        let installed: Vec<_> = versions.read_dir().ok()?.flatten().collect();
        MINORS.iter().find_map(|minor| {
            let binary = format!("bin/python3.{minor}");
            let plain = |name: &str| name.starts_with(&format!("3.{minor}."));
            installed
                .iter()
                .filter(|entry| plain(&entry.file_name().to_string_lossy()))
                .map(|entry| entry.path().join(&binary))
                .find(|path| is_program(path))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_its_family() {
        let check = |text, expect| assert_eq!(PackageManager::from_os_release(text), expect);
        check("NAME=\"Debian\"\nID=debian\n", PackageManager::Apt);
        check(
            "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n",
            PackageManager::Apt,
        );
        check(
            "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
            PackageManager::Dnf,
        );
        check("ID=arch\n", PackageManager::Unknown);
        check("", PackageManager::Unknown);
    }

    #[test]
    fn headers_come_from_whoever_made_the_python() {
        let abi = Abi {
            major: 3,
            minor: 12,
            free_threaded: false,
            debug: false,
        };
        let check = |manager, path: &str, own, expect: &str| {
            let hint = headers(manager, Path::new(path), abi, "3.12.1", own);
            assert!(hint.contains(expect), "{hint}");
        };
        let (apt, dnf) = (PackageManager::Apt, PackageManager::Dnf);
        check(apt, "/usr/bin/python3.12", true, "apt install python3-dev`");
        check(
            apt,
            "/usr/bin/python3.12",
            false,
            "apt install python3.12-dev`",
        );
        check(
            dnf,
            "/usr/bin/python3.12",
            true,
            "dnf install python3-devel`",
        );
        check(
            PackageManager::Brew,
            "/opt/python3.12",
            false,
            "brew reinstall python@3.12`",
        );
        check(
            apt,
            "/h/.pyenv/versions/3.12.1/bin/python3.12",
            false,
            "--force 3.12.1`",
        );
        check(apt, "/opt/python/bin/python3.12", false, "PYO3_PYTHON");
    }
}
