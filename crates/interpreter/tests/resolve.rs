//! Finding an interpreter: with the real ones of this machine and with fakes.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::{good_python, plain_surroundings, real_pythons, script, skip, surroundings};
use interpreter::{Interpreter, InterpreterError, Libpython, ProbeFailure};

fn resolve_at(python: &Path, cwd: &Path) -> Result<Interpreter, InterpreterError> {
    let surroundings = surroundings(cwd).with("PYO3_PYTHON", python);
    Interpreter::resolve_in(&surroundings, &cwd.join("cache"))
}

/// The error for a `python` made of this shell, and its hint.
fn refuse(body: &str) -> (InterpreterError, String) {
    let at = tempfile::tempdir().unwrap();
    let python = script(&at.path().join("python"), body);
    let error = resolve_at(&python, at.path()).unwrap_err();
    let hint = error.hint();
    assert!(!hint.is_empty() && !hint.ends_with('.'), "{hint}");
    assert!(error.to_string().contains("/python`"), "{error}");
    (error, hint)
}

#[test]
fn every_real_python_is_accepted_or_too_old() {
    let pythons = real_pythons();
    if pythons.is_empty() {
        return skip("no Python");
    }
    for (python, minor) in pythons {
        let at = tempfile::tempdir().unwrap();
        match resolve_at(&python, at.path()) {
            Ok(found) => {
                assert!(minor >= 10);
                assert_eq!(found.abi().minor, minor);
                assert!(found.version_string().starts_with(&found.abi().to_string()));
                assert!(
                    found.tag().starts_with(&format!("cpython-3{minor}")),
                    "{}",
                    found.tag()
                );
                assert!(found.ext_suffix().contains(&found.tag()));
                assert_eq!(found.executable(), python.canonicalize().unwrap());
                assert_eq!(found.has_headers(), found.require_headers().is_ok());
                assert!([32, 64].contains(&found.pointer_width()));
                if let Libpython::Shared(path) = found.libpython() {
                    assert!(path.is_file());
                }
            }
            Err(error @ InterpreterError::TooOld { .. }) => {
                assert!(minor < 10);
                let text = error.to_string();
                assert!(text.contains(&format!("is Python 3.{minor}.")), "{text}");
                assert!(text.ends_with("3.10 or newer is needed"), "{text}");
            }
            Err(error) => panic!("{}: {error}", python.display()),
        }
    }
}

#[test]
fn a_virtual_environment_is_traced_to_its_base() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    for (kind, flag) in [("links", "--symlinks"), ("copies", "--copies")] {
        let venv = at.path().join(kind);
        let made = Command::new(&python)
            .args(["-m", "venv", "--without-pip", flag])
            .arg(&venv)
            .output()
            .unwrap();
        if !made.status.success() {
            return skip("no venv module");
        }
        let surroundings = surroundings(at.path()).with("VIRTUAL_ENV", &venv);
        let found = Interpreter::resolve_in(&surroundings, &at.path().join("cache")).unwrap();
        assert_eq!(found.found(), venv.join("bin/python"));
        assert_eq!(found.executable(), python.canonicalize().unwrap(), "{kind}");
    }
}

#[test]
fn a_shim_is_run_once_and_again_when_its_version_file_changes() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    let shim = script(
        &at.path().join("shims/python"),
        &format!(
            "echo run >> {}/log\nexec {} \"$@\"",
            at.path().display(),
            python.display()
        ),
    );
    let surroundings = plain_surroundings(at.path(), shim.parent().unwrap());
    let runs = || {
        let found = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
        assert_eq!(found.executable(), python.canonicalize().unwrap());
        assert_eq!(found.found(), shim);
        common::log(at.path()).len()
    };
    assert_eq!(runs(), 1);
    assert_eq!(runs(), 1);
    fs::write(at.path().join(".python-version"), "3.12").unwrap();
    assert_eq!(runs(), 2);
    assert_eq!(runs(), 2);
}

#[test]
fn a_corrupt_cache_is_rewritten() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    let first = resolve_at(&python, at.path()).unwrap();
    let entry = || {
        let mut entries = fs::read_dir(at.path().join("cache")).unwrap();
        let entry = entries.next().unwrap().unwrap().path();
        assert!(entries.next().is_none(), "more than one entry");
        entry
    };
    let whole = fs::read(entry()).unwrap();
    for broken in [&whole[..whole.len() / 2], b"", b"null", b"\xff\xfe"] {
        fs::write(entry(), broken).unwrap();
        assert_eq!(resolve_at(&python, at.path()).unwrap(), first);
        assert_eq!(fs::read(entry()).unwrap(), whole);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("cache"), "a file where the folder should be").unwrap();
    resolve_at(&python, at.path()).unwrap();
}

#[test]
fn a_python_2_is_passed_over_as_pyo3_does() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    // `python` is a Python 2, which PyO3 passes over for `python3`.
    let two = "case \"$1\" in --version) echo Python 2.7.18 >&2 ;; *) exit 2 ;; esac";
    script(&at.path().join("python"), two);
    std::os::unix::fs::symlink(&python, at.path().join("python3")).unwrap();
    let surroundings = plain_surroundings(at.path(), at.path());
    let found = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
    assert_eq!(found.found(), at.path().join("python3"));
    assert_eq!(found.executable(), python.canonicalize().unwrap());
}

#[test]
fn a_python3_that_pyo3_would_take_is_not_passed_over() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    let broken = "case \"$1\" in --version) echo Python 3.12.1 ;; *) exit 1 ;; esac";
    script(&at.path().join("python"), broken);
    std::os::unix::fs::symlink(&python, at.path().join("python3")).unwrap();
    let surroundings = plain_surroundings(at.path(), at.path());
    let error = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap_err();
    assert!(matches!(error, InterpreterError::Probe { .. }), "{error}");
}

#[test]
fn an_empty_path_has_no_python() {
    let at = tempfile::tempdir().unwrap();
    let surroundings = surroundings(at.path()).with("PATH", at.path());
    let error = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap_err();
    assert!(matches!(error, InterpreterError::NotFound), "{error}");
    assert!(error.hint().contains("install"), "{}", error.hint());
}

#[test]
fn a_missing_choice_says_how_to_undo_it() {
    let at = tempfile::tempdir().unwrap();
    let error = resolve_at(Path::new("/nowhere/python"), at.path()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`PYO3_PYTHON` points at `/nowhere/python`, which is not there"
    );
    assert!(
        error.hint().contains("unset PYO3_PYTHON"),
        "{}",
        error.hint()
    );
}

#[test]
fn refuses_a_python_that_prints_rubbish() {
    let (error, hint) = refuse("echo hello from the module system");
    assert!(
        error
            .to_string()
            .ends_with(": hello from the module system"),
        "{error}"
    );
    assert!(hint.contains("--version"), "{hint}");
}

#[test]
fn refuses_a_python_that_fails() {
    let (error, _) = refuse("echo the cause >&2; echo advice >&2; exit 1");
    assert!(
        error.to_string().ends_with("(exit status: 1): the cause"),
        "{error}"
    );
}

#[test]
fn refuses_a_python_that_is_killed() {
    let (error, _) = refuse("kill -SEGV $$");
    assert!(error.to_string().contains("signal: 11"), "{error}");
}

#[test]
fn refuses_a_python_that_never_stops_talking() {
    let (error, _) = refuse("exec yes");
    assert!(matches!(error, InterpreterError::Probe { .. }), "{error}");
}

#[test]
fn refuses_a_file_that_does_not_start() {
    let at = tempfile::tempdir().unwrap();
    let python = script(&at.path().join("python"), "");
    fs::write(&python, "\x7fELF but not really").unwrap();
    let error = resolve_at(&python, at.path()).unwrap_err();
    let InterpreterError::Probe {
        cause: ProbeFailure::Start { .. },
        ..
    } = error
    else {
        panic!("{error}");
    };
}

#[test]
fn gives_up_on_a_python_that_hangs() {
    let at = tempfile::tempdir().unwrap();
    let python = script(&at.path().join("python"), "sleep 600; echo late");
    let surroundings = surroundings(at.path())
        .with("PYO3_PYTHON", &python)
        .with_patience(Duration::from_millis(200));
    let error = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap_err();
    let InterpreterError::Probe {
        cause: ProbeFailure::TimedOut { .. },
        ..
    } = error
    else {
        panic!("{error}");
    };
}

#[test]
fn refuses_pypy_by_name() {
    let Some(python) = good_python() else { return };
    let real = python.display();
    let (error, hint) = refuse(&format!("{real} \"$@\" | sed s/cpython/pypy/"));
    assert!(
        error.to_string().ends_with("is PyPy, not CPython"),
        "{error}"
    );
    assert!(!hint.contains("pypy"), "{hint}");
}

#[test]
fn refuses_python_2_by_its_version() {
    let (error, _) =
        refuse("case \"$1\" in --version) echo Python 2.7.18 >&2 ;; *) exit 2 ;; esac");
    assert!(
        error
            .to_string()
            .contains("is Python 2.7.18, and 3.10 or newer"),
        "{error}"
    );
}

/// A CPython whose sysconfig looks into `at`, where nothing is yet.
fn python_without_files(at: &Path) -> Option<Interpreter> {
    let real = good_python()?;
    let python = script(
        &at.join("python"),
        &format!(
            r##"{} "$@" | sed -e "s#\"includes\": \[[^]]*\]#\"includes\": [\"{at}/include\"]#" \
    -e "s#\"shared_libraries\": \[[^]]*\]#\"shared_libraries\": []#" \
    -e "s#\"static_libraries\": \[[^]]*\]#\"static_libraries\": [\"{at}/lib.a\"]#" \
    -e "s#\"executables\": \[[^]]*\]#\"executables\": [\"$0\"]#""##,
            real.display(),
            at = at.display()
        ),
    );
    Some(resolve_at(&python, at).unwrap())
}

#[test]
fn headers_installed_later_are_seen() {
    let at = tempfile::tempdir().unwrap();
    let Some(found) = python_without_files(at.path()) else {
        return;
    };
    let error = found.require_headers().unwrap_err();
    assert!(
        error.to_string().starts_with("`Python.h` is missing for `"),
        "{error}"
    );
    assert!(error.hint().contains("PYO3_PYTHON"), "{}", error.hint());
    fs::create_dir(at.path().join("include")).unwrap();
    fs::write(at.path().join("include/Python.h"), "").unwrap();
    let again = resolve_at(&at.path().join("python"), at.path()).unwrap();
    assert_eq!(again.require_headers().unwrap(), at.path().join("include"));
}

#[test]
fn a_static_library_is_a_fact() {
    let at = tempfile::tempdir().unwrap();
    let Some(found) = python_without_files(at.path()) else {
        return;
    };
    assert_eq!(found.libpython(), Libpython::None);
    let library = at.path().join("lib.a");
    fs::write(&library, "").unwrap();
    assert_eq!(found.libpython(), Libpython::Static(library));
}
