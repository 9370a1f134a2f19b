//! Which Python: `PYO3_PYTHON`, else the order of pyo3-build-config when that is unset
//! (`find_interpreter` in its source), so that PyO3 builds for the interpreter that
//! loads what it built. Only finds candidates; whether one works is found by running it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::error::InterpreterError;
use crate::surroundings::{Surroundings, conda_python, is_program, venv_python};

/// Where to look, in order of trying.
#[derive(Debug, PartialEq)]
pub(crate) enum Candidates {
    /// The user said which: this one or none.
    Named(PathBuf),
    /// The first of these that is a Python 3.
    Tried(Vec<PathBuf>),
}

pub(crate) fn candidates(surroundings: &Surroundings) -> Result<Candidates, InterpreterError> {
    if let Some(value) = surroundings.variable("PYO3_PYTHON") {
        return named(surroundings, value).map(Candidates::Named);
    }
    let variable = |name| surroundings.variable(name);
    match (variable("VIRTUAL_ENV"), variable("CONDA_PREFIX")) {
        (Some(root), None) => {
            inside(surroundings, "VIRTUAL_ENV", root, venv_python).map(Candidates::Named)
        }
        (None, Some(root)) => {
            inside(surroundings, "CONDA_PREFIX", root, conda_python).map(Candidates::Named)
        }
        // PyO3 takes neither when both are set.
        _ => Ok(Candidates::Tried(
            ["python", "python3"]
                .iter()
                .filter_map(|n| surroundings.on_path(n.as_ref()))
                .collect(),
        )),
    }
}

fn named(surroundings: &Surroundings, value: &OsStr) -> Result<PathBuf, InterpreterError> {
    const VARIABLE: &str = "PYO3_PYTHON";
    if value.is_empty() {
        return Err(InterpreterError::Empty { variable: VARIABLE });
    }
    // As a shell does: a name is looked up on `PATH`, anything with a slash is a path.
    if Path::new(value).components().count() == 1 && Path::new(value).file_name() == Some(value) {
        return surroundings
            .on_path(value)
            .ok_or_else(|| InterpreterError::NotOnPath {
                variable: VARIABLE,
                name: value.to_string_lossy().into_owned(),
            });
    }
    usable(VARIABLE, surroundings.cwd().join(value))
}

fn inside(
    surroundings: &Surroundings,
    variable: &'static str,
    root: &OsStr,
    python: fn(&Path) -> PathBuf,
) -> Result<PathBuf, InterpreterError> {
    if root.is_empty() {
        return Err(InterpreterError::Empty { variable });
    }
    usable(variable, surroundings.cwd().join(python(Path::new(root))))
}

fn usable(variable: &'static str, path: PathBuf) -> Result<PathBuf, InterpreterError> {
    let cause = if is_program(&path) {
        return Ok(path);
    } else if path.is_dir() {
        "which is a folder"
    } else if path.exists() {
        "which may not be run"
    } else {
        "which is not there"
    };
    Err(InterpreterError::Unusable {
        variable,
        path,
        cause,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::{self, OpenOptions};
    use std::os::unix::fs::OpenOptionsExt;

    /// A folder with these executables and one file that may not be run.
    fn folder(programs: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for program in programs {
            let path = folder.path().join(program);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            OpenOptions::new()
                .create_new(true)
                .write(true)
                .mode(0o755)
                .open(path)
                .unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "").unwrap();
        folder
    }

    /// Runs the choice with `PATH` at the folder and these variables, `@` meaning it.
    fn choose(folder: &Path, set: &[(&str, &str)]) -> Result<Candidates, String> {
        let mut surroundings = Surroundings::new([], folder).with("PATH", folder);
        for (name, value) in set {
            surroundings = surroundings.with(*name, value.replace('@', folder.to_str().unwrap()));
        }
        candidates(&surroundings).map_err(|e| e.to_string().replace(folder.to_str().unwrap(), "@"))
    }

    #[test]
    fn pyo3_python_wins_over_an_environment() {
        let at = folder(&["python3.12", "venv/bin/python", "python"]);
        let set = [("PYO3_PYTHON", "python3.12"), ("VIRTUAL_ENV", "@/venv")];
        let found = choose(at.path(), &set).unwrap();
        assert_eq!(found, Candidates::Named(at.path().join("python3.12")));
    }

    #[test]
    fn pyo3_python_may_be_a_relative_path() {
        let at = folder(&["here/python"]);
        let found = choose(at.path(), &[("PYO3_PYTHON", "here/python")]).unwrap();
        assert_eq!(found, Candidates::Named(at.path().join("here/python")));
    }

    #[test]
    fn a_dot_and_a_slash_keep_pyo3_python_off_the_path() {
        let (at, elsewhere) = (folder(&["python3"]), folder(&[]));
        let surroundings = Surroundings::new([], elsewhere.path())
            .with("PATH", at.path())
            .with("PYO3_PYTHON", "./python3");
        assert!(matches!(
            candidates(&surroundings),
            Err(InterpreterError::Unusable { .. })
        ));
    }

    #[test]
    fn a_bad_choice_is_an_error_that_names_it() {
        let at = folder(&["python", "python3"]);
        let check = |name, value, expect: &str| {
            assert_eq!(choose(at.path(), &[(name, value)]).unwrap_err(), expect);
        };
        check("PYO3_PYTHON", "", "`PYO3_PYTHON` is set to nothing");
        check(
            "PYO3_PYTHON",
            "python3.99",
            "`PYO3_PYTHON` names `python3.99`, which is not on `PATH`",
        );
        check(
            "PYO3_PYTHON",
            "@/gone",
            "`PYO3_PYTHON` points at `@/gone`, which is not there",
        );
        check(
            "PYO3_PYTHON",
            "@/",
            "`PYO3_PYTHON` points at `@/`, which is a folder",
        );
        check(
            "PYO3_PYTHON",
            "@/notes.txt",
            "`PYO3_PYTHON` points at `@/notes.txt`, which may not be run",
        );
        check("VIRTUAL_ENV", "", "`VIRTUAL_ENV` is set to nothing");
        check(
            "VIRTUAL_ENV",
            "@/venv",
            "`VIRTUAL_ENV` points at `@/venv/bin/python`, which is not there",
        );
    }

    #[test]
    fn two_environments_at_once_are_both_left_alone() {
        let at = folder(&["python", "python3", "venv/bin/python", "conda/bin/python"]);
        let set = [("VIRTUAL_ENV", "@/venv"), ("CONDA_PREFIX", "@/conda")];
        let expect = ["python", "python3"].map(|n| at.path().join(n)).to_vec();
        assert_eq!(choose(at.path(), &set).unwrap(), Candidates::Tried(expect));
        let found = choose(at.path(), &set[1..]).unwrap();
        assert_eq!(found, Candidates::Named(at.path().join("conda/bin/python")));
    }

    #[test]
    fn python_is_tried_before_python3() {
        let at = folder(&["python3"]);
        let found = choose(at.path(), &[]).unwrap();
        assert_eq!(found, Candidates::Tried(vec![at.path().join("python3")]));
    }
}
