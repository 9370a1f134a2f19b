//! Making the private environment: on fakes that need no network, and at the end on
//! the real thing, which does.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use common::{fake_python, good_python, log, plain_surroundings, real_pythons, script, skip};
use interpreter::{Environment, EnvironmentError, Interpreter, Packages, Surroundings};
use tempfile::TempDir;

type Made = (Result<Environment, EnvironmentError>, Vec<String>);

/// A throw-away home with a fake Python in it.
struct Home {
    at: TempDir,
    surroundings: Surroundings,
    interpreter: Interpreter,
}

impl Home {
    /// `venv` and `pip` are shell that the fake runs in those steps.
    fn new(venv: &str, pip: &str) -> Option<Self> {
        let real = good_python()?;
        let at = tempfile::tempdir().unwrap();
        let python = fake_python(at.path(), &real, venv, pip);
        let surroundings = without_uv(at.path()).with("PYO3_PYTHON", python);
        let interpreter = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
        assert_eq!(
            interpreter.executable(),
            at.path().canonicalize().unwrap().join("python")
        );
        Some(Self {
            at,
            surroundings,
            interpreter,
        })
    }

    /// Makes the environment and returns what was said on the way.
    fn ensure(&self) -> Made {
        self.ensure_then(|| {})
    }

    /// The same, and lets a slow pip go on once the first thing was said.
    fn ensure_and_let_go(&self) -> Made {
        let go = self.beside("go");
        self.ensure_then(|| fs::write(&go, "").unwrap())
    }

    fn ensure_then(&self, mut after: impl FnMut()) -> Made {
        let mut said = Vec::new();
        let mut progress = |line: &str| {
            said.push(line.to_owned());
            after();
        };
        let made = self.ensure_set(Packages::EXERCISES, &mut progress);
        (made, said)
    }

    fn ensure_set(
        &self,
        packages: Packages,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Environment, EnvironmentError> {
        let home = Path::new("home");
        Environment::ensure_in(
            &self.surroundings,
            &self.interpreter,
            packages,
            home,
            progress,
        )
    }

    fn log(&self) -> Vec<String> {
        log(self.at.path())
    }

    /// Another process that makes the same environment, in a process group of its own.
    fn elsewhere(&self) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "makes_one_for_another_process", "--ignored"])
            .env("INTERPRETER_TEST_HOME", self.at.path())
            .process_group(0)
            .spawn()
            .unwrap()
    }

    /// A file that the fake's steps see in their current folder.
    fn beside(&self, name: &str) -> PathBuf {
        self.at.path().join("home/env").join(name)
    }

    /// Waits until the fake pip is at work.
    fn wait_for_pip(&self) {
        for _ in 0..6000 {
            if self.beside("working").exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("pip was never started: {:?}", self.log());
    }
}

/// A `PATH` on which there is no uv, so that `venv` and pip are used.
fn without_uv(at: &Path) -> Surroundings {
    let tools = at.join("tools");
    fs::create_dir_all(&tools).unwrap();
    plain_surroundings(at, &tools)
}

/// A pip that works until it is told to go on.
const SLOW: &str = "touch working; while ! test -e go; do sleep 0.05; done";

const MAKING: &str = "making a private Python environment (first use only) with the packages \
                      of the exercises: about 25 MB …";
const WAITING: &str = "waiting for another run that is making the private Python environment …";
const READY: &str = "the private Python environment is ready";

#[test]
#[ignore = "a helper that other tests start as a process"]
fn makes_one_for_another_process() {
    let Some(at) = std::env::var_os("INTERPRETER_TEST_HOME") else {
        return;
    };
    let at = Path::new(&at);
    let surroundings =
        without_uv(at).with("PYO3_PYTHON", at.canonicalize().unwrap().join("python"));
    let interpreter = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
    let (packages, home) = (Packages::EXERCISES, Path::new("home"));
    Environment::ensure_in(&surroundings, &interpreter, packages, home, &mut |_| {}).unwrap();
}

#[test]
fn is_made_once_and_nothing_is_run_after() {
    let Some(home) = Home::new("", "") else {
        return;
    };
    let (made, said) = home.ensure();
    let made = made.unwrap();
    assert_eq!(said, [MAKING, READY]);
    assert!(made.python().is_file() && made.site_packages().is_dir());
    let name = made.root().file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with(&format!("{}-", home.interpreter.tag())),
        "{name}"
    );
    let once = home.log();
    assert_eq!(once, ["venv", "pip", "pip done"]);
    let (again, said) = home.ensure();
    assert_eq!(again.unwrap(), made);
    assert!(said.is_empty());
    assert_eq!(home.log(), once);
}

#[test]
fn two_sets_of_packages_do_not_meet() {
    let Some(home) = Home::new("", "") else {
        return;
    };
    let mut said = Vec::new();
    let exercises = home.ensure_set(Packages::EXERCISES, &mut |_| {}).unwrap();
    let examples = home
        .ensure_set(Packages::EXAMPLES, &mut |line| said.push(line.to_owned()))
        .unwrap();
    assert_ne!(exercises.root(), examples.root());
    assert!(said[0].contains("the tools that build the examples: about 250 MB"));
    assert_eq!(home.log().iter().filter(|line| *line == "venv").count(), 2);
    for (packages, made) in [
        (Packages::EXERCISES, &exercises),
        (Packages::EXAMPLES, &examples),
    ] {
        let name = made.root().file_name().unwrap().to_str().unwrap();
        assert!(name.contains(&format!("-{}-", packages.name())), "{name}");
        let lock = fs::read_to_string(made.root().join("requirements.lock")).unwrap();
        assert_eq!(lock, packages.lock());
        let at = home.at.path().join("home");
        assert_eq!(
            Environment::find(&home.interpreter, packages, &at).as_ref(),
            Some(made)
        );
    }
}

#[test]
fn uv_makes_it_without_a_pip_unless_wheels_are_built_there() {
    let Some(home) = Home::new("", "") else {
        return;
    };
    // A uv that makes its environments as the fake Python does.
    let at = home.at.path().canonicalize().unwrap();
    let uv = r#"at=$(dirname "$(dirname "$0")")
case "$1" in
venv) "$at/python" -m venv "$6" ;;
pip) env=$(dirname "$(dirname "$8")"); touch "$env/lib/site-packages/cffi"; echo uv >> "$at/log" ;;
esac"#;
    script(&at.join("tools/uv"), uv);
    home.ensure_set(Packages::EXERCISES, &mut |_| {}).unwrap();
    assert_eq!(home.log(), ["venv", "uv"]);
    home.ensure_set(Packages::EXAMPLES, &mut |_| {}).unwrap();
    assert_eq!(home.log(), ["venv", "uv", "venv", "uv", "ensurepip"]);
}

#[test]
fn a_broken_one_is_made_again() {
    let Some(home) = Home::new("", "") else {
        return;
    };
    let root = home.ensure().0.unwrap().root().to_path_buf();
    type Break = fn(&Path);
    let breakages: [(&str, Break); 3] = [
        ("no marker", |root| {
            fs::remove_file(root.join(".complete.json")).unwrap()
        }),
        ("a torn marker", |root| {
            fs::write(root.join(".complete.json"), "{\"site").unwrap()
        }),
        ("no interpreter", |root| {
            fs::remove_file(root.join("bin/python")).unwrap()
        }),
    ];
    for (what, break_it) in breakages {
        fs::write(root.join("left over"), "").unwrap();
        break_it(&root);
        let (made, said) = home.ensure();
        made.unwrap();
        assert_eq!(said, [MAKING, READY], "{what}");
        assert!(!root.join("left over").exists(), "{what}");
    }
}

#[test]
fn threads_that_want_it_at_once_make_it_once() {
    let Some(home) = Home::new("", "sleep 0.3") else {
        return;
    };
    let said: Vec<_> = std::thread::scope(|scope| {
        let run = || {
            let (made, said) = home.ensure();
            made.unwrap();
            said
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(home.log(), ["venv", "pip", "pip done"]);
    assert_eq!(
        said.iter()
            .filter(|s| s.first().is_some_and(|l| l == MAKING))
            .count(),
        1
    );
}

#[test]
fn a_second_process_waits_and_says_so() {
    let Some(home) = Home::new("", SLOW) else {
        return;
    };
    let mut first = home.elsewhere();
    home.wait_for_pip();
    let (made, said) = home.ensure_and_let_go();
    made.unwrap();
    assert!(first.wait().unwrap().success());
    assert_eq!(said, [WAITING, READY]);
    assert_eq!(home.log(), ["venv", "pip", "pip done"]);
}

#[test]
fn an_interrupted_run_is_mended_by_the_next() {
    use rustix::process::{Pid, Signal, kill_process_group};
    let Some(home) = Home::new("", SLOW) else {
        return;
    };
    let mut first = home.elsewhere();
    home.wait_for_pip();
    // All of them at once, as at Ctrl-C. Not by that signal: whoever starts these tests in the
    // background of a script has it ignored, and a child inherits that.
    kill_process_group(Pid::from_child(&first), Signal::TERM).unwrap();
    assert!(!first.wait().unwrap().success());
    fs::write(home.beside("go"), "").unwrap();
    home.ensure().0.unwrap();
    assert_eq!(home.log().last().unwrap(), "pip done");
    assert_eq!(home.log().iter().filter(|line| *line == "venv").count(), 2);
}

#[test]
fn a_pip_left_behind_ends_before_its_folder_is_cleared() {
    let Some(home) = Home::new("", SLOW) else {
        return;
    };
    let mut first = home.elsewhere();
    home.wait_for_pip();
    // Only the parent: its pip lives on.
    first.kill().unwrap();
    first.wait().unwrap();
    let (made, said) = home.ensure_and_let_go();
    made.unwrap();
    assert_eq!(said, [WAITING, MAKING, READY]);
    assert_eq!(
        home.log(),
        ["venv", "pip", "pip done", "venv", "pip", "pip done"]
    );
}

#[test]
fn names_the_package_when_venv_is_missing() {
    let venv = "echo 'The virtual environment was not created successfully because ensurepip \
                is not'; echo 'available.  On Debian/Ubuntu systems, you need to install the \
                python3-venv'; exit 1";
    let Some(home) = Home::new(venv, "") else {
        return;
    };
    let error = home.ensure().0.unwrap_err();
    assert!(matches!(error, EnvironmentError::NoVenv { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("`venv` or `ensurepip` is missing"),
        "{error}"
    );
    assert!(!error.hint().is_empty());
}

#[test]
fn says_that_the_network_is_missing() {
    let pip = "echo 'Failed to establish a new connection: [Errno -2]'; \
               echo 'ERROR: No matching distribution found'; exit 1";
    let Some(home) = Home::new("", pip) else {
        return;
    };
    let error = home.ensure().0.unwrap_err();
    assert!(
        matches!(error, EnvironmentError::NoNetwork { tool: "pip", .. }),
        "{error}"
    );
    assert!(error.hint().contains("with a network"), "{}", error.hint());
}

#[test]
fn shows_the_last_lines_of_a_failed_step() {
    let pip = "seq 1 50; echo 'THESE PACKAGES DO NOT MATCH THE HASHES' >&2; exit 3";
    let Some(home) = Home::new("", pip) else {
        return;
    };
    let error = home.ensure().0.unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("`pip` failed while making"), "{text}");
    assert!(text.contains("(exit status: 3)\n  | 40\n"), "{text}");
    assert!(
        text.ends_with("\n  | 50\n  | THESE PACKAGES DO NOT MATCH THE HASHES"),
        "{text}"
    );
    assert!(error.hint().contains("-m pip install"), "{}", error.hint());
}

#[test]
fn a_step_that_installs_nothing_is_caught() {
    let Some(home) = Home::new("", "exit 0") else {
        return;
    };
    let error = home.ensure().0.unwrap_err();
    assert!(
        matches!(error, EnvironmentError::Failed { tool: "python", .. }),
        "{error}"
    );
}

#[test]
fn a_home_that_is_a_file_is_named() {
    let Some(home) = Home::new("", "") else {
        return;
    };
    fs::write(home.at.path().join("home"), "").unwrap();
    let error = home.ensure().0.unwrap_err();
    assert!(error.to_string().starts_with("cannot make `"), "{error}");
}

#[test]
fn a_real_pip_told_to_stay_offline_is_understood() {
    let Some(python) = good_python() else { return };
    let at = tempfile::tempdir().unwrap();
    let surroundings = without_uv(at.path())
        .with("PYO3_PYTHON", python)
        .with("PIP_NO_INDEX", "1")
        .without("PIP_FIND_LINKS");
    let interpreter = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
    let (packages, home) = (Packages::EXERCISES, Path::new("home"));
    let error = Environment::ensure_in(&surroundings, &interpreter, packages, home, &mut |_| {})
        .unwrap_err();
    if let EnvironmentError::NoVenv { .. } = error {
        return skip("no venv module");
    }
    let EnvironmentError::NoNetwork {
        forbidden_by: Some("PIP_NO_INDEX"),
        ..
    } = error
    else {
        panic!("{error}");
    };
    assert!(
        error.hint().contains("unset PIP_NO_INDEX"),
        "{}",
        error.hint()
    );
}

/// The one test that needs the network: the oldest Python here that will do, with pip,
/// and the newest, with uv if there is one.
#[test]
fn the_lock_installs_on_the_oldest_and_the_newest_python() {
    let at = tempfile::tempdir().unwrap();
    let oldest = real_pythons()
        .into_iter()
        .map(|(path, minor)| (minor, path));
    let (Some((_, oldest)), Some(newest)) = (oldest.filter(|(m, _)| *m >= 10).min(), good_python())
    else {
        return;
    };
    if !working_uv() {
        skip("no uv");
    }
    let tried = [
        (without_uv(at.path()).with("PYO3_PYTHON", oldest), "oldest"),
        (
            common::surroundings(at.path()).with("PYO3_PYTHON", newest),
            "newest",
        ),
    ];
    for (surroundings, home) in tried {
        let interpreter = Interpreter::resolve_in(&surroundings, Path::new("cache")).unwrap();
        let ensure = || {
            let (packages, home) = (Packages::EXERCISES, Path::new(home));
            Environment::ensure_in(&surroundings, &interpreter, packages, home, &mut |_| {})
        };
        let made = match ensure() {
            Ok(made) => made,
            Err(EnvironmentError::NoVenv { .. }) => {
                skip(&format!("no venv module for {home}"));
                continue;
            }
            Err(EnvironmentError::NoNetwork { .. }) => return skip("no network"),
            Err(error) => panic!("{home}: {error}"),
        };
        let code = "import cffi, setuptools, sys; cffi.FFI(); print(cffi.__file__)";
        let out = Command::new(made.python())
            .args(["-I", "-c", code])
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        let printed = String::from_utf8(out.stdout).unwrap();
        assert!(
            Path::new(printed.trim()).starts_with(made.site_packages()),
            "{printed}"
        );
        assert_eq!(ensure().unwrap(), made);
    }
}

fn working_uv() -> bool {
    Command::new("uv")
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success())
}
