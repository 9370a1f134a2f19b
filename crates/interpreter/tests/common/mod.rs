//! Real interpreters of this machine, and fake ones made of shell.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use interpreter::Surroundings;

/// This process's variables without those that choose a Python, in this folder.
pub fn surroundings(cwd: &Path) -> Surroundings {
    let choosing = [
        "PYO3_PYTHON",
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "PYENV_VERSION",
    ];
    let kept = |(name, _): &(OsString, OsString)| !choosing.iter().any(|c| name == c);
    Surroundings::new(std::env::vars_os().filter(kept), cwd)
}

/// The same with a `PATH` of the system's tools and `first`, which has no version
/// manager on it.
pub fn plain_surroundings(cwd: &Path, first: &Path) -> Surroundings {
    let mut path = first.as_os_str().to_owned();
    path.push(":/usr/bin:/bin");
    surroundings(cwd).with("PATH", path)
}

/// Every Python 3 found, with its minor version: pyenv's and those on `PATH`.
pub fn real_pythons() -> Vec<(PathBuf, u16)> {
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let versions = pyenv.and_then(|root| fs::read_dir(root.join("versions")).ok());
    let of_pyenv = versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|v| v.path().join("bin/python"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path)
        .filter(|folder| !folder.ends_with("shims"))
        .map(|folder| folder.join("python3"))
        .collect::<Vec<_>>();
    let minor = |python: &Path| {
        let out = Command::new(python)
            .arg("--version")
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8(out.stdout).ok()?;
        text.strip_prefix("Python 3.")?
            .split('.')
            .next()?
            .parse()
            .ok()
    };
    let mut found: Vec<_> = of_pyenv
        .chain(on_path)
        .filter_map(|p| minor(&p).map(|m| (p, m)))
        .collect();
    found.sort_by_key(|(_, minor)| *minor);
    found
}

/// The newest Python that will do.
pub fn good_python() -> Option<PathBuf> {
    let found = real_pythons()
        .pop()
        .filter(|(_, minor)| *minor >= 10)
        .map(|(path, _)| path);
    if found.is_none() {
        skip("no Python 3.10 or newer");
    }
    found
}

/// Says that a test proved nothing here.
pub fn skip(reason: &str) {
    eprintln!("skipped: {reason} on this machine");
}

/// Writes an executable shell script. Another process holds it open for writing:
/// were it this one, a child forked by a test in another thread would inherit the
/// handle, and the system refuses to run a file that somebody may still write.
pub fn script(path: &Path, body: &str) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let status = Command::new("/bin/sh")
        .args([
            "-c",
            r#"printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod +x "$1""#,
            "sh",
        ])
        .arg(path)
        .arg(body)
        .status()
        .unwrap();
    assert!(status.success());
    path.to_path_buf()
}

/// A fake Python that answers the probe as `real` does but for the place it is at, and
/// whose environments are made of shell too. It writes a line to `log` for each step.
///
/// `venv` and `pip` are shell run in those steps: `$env` is the environment's folder.
pub fn fake_python(folder: &Path, real: &Path, venv: &str, pip: &str) -> PathBuf {
    let real = real.canonicalize().unwrap();
    let folder = folder.canonicalize().unwrap();
    let (real, log) = (real.display(), folder.join("log").display().to_string());
    let inner = folder.join("inner");
    script(
        &inner,
        &format!(
            r#"env=$(dirname "$(dirname "$0")")
case "$*" in
*"pip install"*) echo pip >> {log}; {pip}
   touch "$env/lib/site-packages/cffi"; echo "pip done" >> {log} ;;
*ensurepip*) echo ensurepip >> {log} ;;
*check.py*) test -e "$env/lib/site-packages/cffi" && echo '"lib/site-packages"' ;;
esac"#
        ),
    );
    let inner = inner.display();
    script(
        &folder.join("python"),
        &format!(
            r#"case "$*" in
*"-m venv"*) for env in "$@"; do :; done; echo venv >> {log}; {venv}
   mkdir -p "$env/bin" "$env/lib/site-packages" && cp {inner} "$env/bin/python" ;;
*) {real} "$@" | sed "s#\"executables\": .*\]#\"executables\": [\"$0\"]#" ;;
esac"#
        ),
    )
}

/// What the fake Python in this folder did.
pub fn log(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("log")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}
