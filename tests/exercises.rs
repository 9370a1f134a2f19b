//! The proof that the exercises are right.
//!
//! For every exercise, on copies, whatever a learner has done in `exercises/`:
//! the pristine starter builds without a warning and fails exactly as its
//! manifest declares; the solution passes the visible and the hidden checks
//! without a warning; every wrong answer is caught by the check it names, with
//! the message it names.
//!
//! And an answer that loops, crashes, leaves, deadlocks or floods ends in a
//! verdict with a name, with nothing left running (`tests/hostile`).
//!
//! `cargo test -p proof --test exercises -- detach` proves one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use builder::target_folder;
use course::{Catcher, Course, Exercise, Solution, Wrong};
use interpreter::Interpreter;
use libtest_mimic::{Arguments, Failed, Trial};
use proof::{Asked, Mirror, Outcome, Report, left_to_write, root, strict};

/// What one trial does with the copies.
type Proof = Box<dyn FnOnce(&Mirror, &Exercise) -> Result<(), String> + Send>;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Half of the time is spent waiting: for a thread that never answers, for a
    // deadlock to be seen as one. Others can build meanwhile.
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
    arguments.test_threads.get_or_insert(2 * processors);
    let root = root();
    let survey = Course::survey(&root);
    let mirror = match Mirror::of(&root) {
        Ok(mirror) => Arc::new(mirror),
        Err(error) => {
            eprintln!("error: cannot lay out the copies: {error}");
            return ExitCode::from(2);
        }
    };
    let mut trials = Vec::new();
    for trouble in survey.troubles {
        if strict() {
            let said = format!("{trouble}\n\nhint: {}", trouble.hint());
            trials.push(Trial::test(
                format!("{}::is_whole", trouble.exercise().unwrap_or("course")),
                move || Err(said.into()),
            ));
        } else {
            println!("skipped: {trouble}\n   hint: {}", trouble.hint());
        }
    }
    if !root.join("solutions").is_dir() {
        println!("skipped: there is no `solutions/` here, so only the starters are proved");
    }
    for exercise in survey.course.exercises {
        let solution = exercise.solution(&root);
        let slug = exercise.slug.clone();
        let mut faults: Vec<String> = Vec::new();
        faults.extend(
            exercise
                .hints()
                .err()
                .map(|e| format!("{e}\n\nhint: {}", e.hint())),
        );
        let left = left_to_write(&root, &exercise);
        if !left.is_empty() {
            faults.push(format!("this is left to write:\n  {}", left.join("\n  ")));
        }
        let solution = solution.unwrap_or_else(|e| {
            faults.push(format!("{e}\n\nhint: {}", e.hint()));
            None
        });
        faults.extend(
            mirror
                .copy(&exercise, solution.as_ref())
                .err()
                .map(|e| format!("it cannot be copied: {e}")),
        );
        if faults.is_empty() {
            trials.extend(trials_of(exercise, solution, &mirror));
        } else {
            let said = faults.join("\n\n");
            trials.push(Trial::test(format!("{slug}::is_whole"), move || {
                Err(said.into())
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials_of(exercise: Exercise, solution: Option<Solution>, mirror: &Arc<Mirror>) -> Vec<Trial> {
    let slug = exercise.slug.clone();
    let exercise = Arc::new(exercise);
    let has_hidden = solution
        .as_ref()
        .is_some_and(|s| s.hidden_program().is_some());
    let trial = |name: String, proof: Proof| {
        let (mirror, exercise) = (mirror.clone(), exercise.clone());
        Trial::test(format!("{slug}::{name}"), move || {
            proof(&mirror, &exercise).map_err(Failed::from)
        })
    };
    let mut trials = vec![trial(
        "starter_fails_as_declared".into(),
        Box::new(starter_fails_as_declared),
    )];
    // One stands for all: what is shown here is the judge's doing and not the
    // exercise's.
    if exercise.slug == "detach" {
        trials.push(trial(
            "another_python_is_refused".into(),
            Box::new(another_python_is_refused),
        ));
        for file in hostile_answers() {
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            trials.push(trial(
                format!("hostile::{name}_gets_a_verdict"),
                Box::new(move |m, e| hostile_answer_gets_a_verdict(m, e, &file)),
            ));
        }
    }
    let Some(solution) = solution else {
        return trials;
    };
    for wrong in solution.wrong.clone() {
        let base = solution.clone();
        let name = format!("wrong::{}_is_caught", wrong.name);
        trials.push(trial(
            name,
            Box::new(move |m, e| wrong_answer_is_caught(m, e, &base, &wrong)),
        ));
    }
    trials.push(trial(
        "solution_passes".into(),
        Box::new(move |m, e| solution_passes(m, e, &solution, has_hidden)),
    ));
    trials
}

fn starter_fails_as_declared(mirror: &Mirror, exercise: &Exercise) -> Result<(), String> {
    let files: Vec<(PathBuf, PathBuf)> = exercise
        .manifest
        .editable
        .iter()
        .map(|path| (exercise.starter_dir().join(path), path.clone()))
        .collect();
    let checks = ran_without_warnings(
        mirror.try_answer(exercise, &files, &Asked::Everything { hidden: false })?,
        "the starter",
    )?;
    for spec in &exercise.manifest.checks {
        let outcome = &checks[&spec.name];
        match &spec.starter {
            None => must_pass(
                &spec.name,
                outcome,
                "the starter, which is not declared to fail it",
            )?,
            Some(says) => must_be_caught(&spec.name, outcome, says)?,
        }
    }
    Ok(())
}

fn solution_passes(
    mirror: &Mirror,
    exercise: &Exercise,
    solution: &Solution,
    hidden: bool,
) -> Result<(), String> {
    let report = mirror.try_answer(
        exercise,
        &files_of(exercise, solution, None),
        &Asked::Everything { hidden },
    )?;
    let checks = ran_without_warnings(report, "the solution")?;
    let specs = exercise.manifest.checks.iter().chain(&solution.hidden);
    for spec in specs {
        let outcome = checks
            .get(&spec.name)
            .ok_or_else(|| format!("`{}` was not run", spec.name))?;
        must_pass(&spec.name, outcome, "the solution")?;
    }
    Ok(())
}

fn wrong_answer_is_caught(
    mirror: &Mirror,
    exercise: &Exercise,
    solution: &Solution,
    wrong: &Wrong,
) -> Result<(), String> {
    let names = wrong.catches.iter().filter_map(|catch| match &catch.by {
        Catcher::Check(name) => Some(name.as_str()),
        Catcher::Build => None,
    });
    let report = mirror.try_answer(
        exercise,
        &files_of(exercise, solution, Some(wrong)),
        &Asked::Only(names.collect()),
    )?;
    for catch in &wrong.catches {
        match (&catch.by, &report) {
            (Catcher::Build, Report::DoesNotBuild(messages)) if messages.contains(&catch.says) => {}
            (Catcher::Build, Report::DoesNotBuild(messages)) => {
                return Err(format!(
                    "the compiler says something other than {:?}:\n{messages}",
                    catch.says
                ));
            }
            (Catcher::Build, Report::Ran { .. }) => return Err("it compiles".into()),
            (Catcher::Check(_), Report::DoesNotBuild(messages)) => {
                return Err(format!("it does not compile:\n{messages}"));
            }
            (Catcher::Check(name), Report::Ran { checks, .. }) => {
                must_be_caught(name, &checks[name], &catch.says)?
            }
        }
    }
    Ok(())
}

fn hostile_answers() -> Vec<PathBuf> {
    let folder = root().join("tests/hostile");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.path()).collect()
}

fn hostile_answer_gets_a_verdict(
    mirror: &Mirror,
    exercise: &Exercise,
    file: &Path,
) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let header = |key: &str| {
        let found = text
            .lines()
            .find_map(|line| line.strip_prefix("//! ")?.strip_prefix(key));
        found
            .map(str::to_owned)
            .ok_or_else(|| format!("{} has no line `{key}`", file.display()))
    };
    let files = [(file.to_owned(), exercise.manifest.editable[0].clone())];
    let library = format!("lib{}.so", exercise.slug);
    let check = header("caught-by: ")?;
    match mirror.try_answer(exercise, &files, &Asked::Only(vec![&check]))? {
        Report::DoesNotBuild(messages) => return Err(format!("it does not compile:\n{messages}")),
        Report::Ran { checks, .. } => {
            must_be_caught(&check, &checks[&check], &header("says: ")?)?;
        }
    }
    match processes_that_map(mirror.target(), &library).as_slice() {
        [] => Ok(()),
        left => Err(format!("processes {left:?} are still running")),
    }
}

/// The processes that have such a file from below a folder loaded, where the system tells.
fn processes_that_map(folder: &Path, file: &str) -> Vec<String> {
    let folder = folder.display().to_string();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mapped = |process: &std::fs::DirEntry| {
        let maps = std::fs::read_to_string(process.path().join("maps"));
        let is_it = |line: &str| line.contains(&folder) && line.ends_with(file);
        maps.is_ok_and(|maps| maps.lines().any(is_it))
    };
    processes
        .filter(mapped)
        .map(|process| process.file_name().to_string_lossy().into_owned())
        .collect()
}

/// A module built for one Python is not judged in another, even though it would
/// load there and perhaps pass.
fn another_python_is_refused(mirror: &Mirror, exercise: &Exercise) -> Result<(), String> {
    let home = target_folder(mirror.root(), None).join("bindery");
    let usual = Interpreter::resolve(&home).map_err(|e| e.to_string())?;
    let Some(other) = another_python(&usual.abi().to_string()) else {
        println!("skipped: there is no second CPython here to refuse");
        return Ok(());
    };
    let checks = mirror.judge_under(&other, exercise)?;
    for (name, outcome) in checks {
        let says = format!("it was built for Python {}", usual.abi());
        must_be_caught(&name, &outcome, &says)?;
    }
    Ok(())
}

/// A CPython of another version, where pyenv or the PATH has one.
fn another_python(usual: &str) -> Option<PathBuf> {
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let pyenv = pyenv.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv")))?;
    let folders = std::fs::read_dir(pyenv.join("versions"))
        .into_iter()
        .flatten()
        .flatten();
    let versions = folders.map(|f| {
        (
            f.file_name().to_string_lossy().into_owned(),
            f.path().join("bin/python3"),
        )
    });
    let mut found: Vec<(String, PathBuf)> =
        versions.filter(|(_, python)| python.is_file()).collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    for minor in 10..=15 {
        let name = format!("python3.{minor}");
        let there = std::env::split_paths(&path)
            .map(|f| f.join(&name))
            .filter(|p| !p.to_string_lossy().contains("shims"));
        found.extend(
            there
                .filter(|p| p.is_file())
                .map(|p| (format!("3.{minor}"), p)),
        );
    }
    let is_other = |version: &str| {
        let minor = version
            .strip_prefix("3.")
            .and_then(|v| v.split('.').next()?.parse::<u32>().ok());
        minor.is_some_and(|m| m >= 10 && usual != format!("3.{m}"))
    };
    found
        .into_iter()
        .find(|(version, _)| is_other(version))
        .map(|(_, python)| python)
}

/// The solution's files, one of them replaced by the wrong answer.
fn files_of(
    exercise: &Exercise,
    solution: &Solution,
    wrong: Option<&Wrong>,
) -> Vec<(PathBuf, PathBuf)> {
    let of = |path: &PathBuf| {
        let answer = solution.dir.join(path);
        let from = wrong
            .filter(|w| w.replaces == *path)
            .map_or(answer, |w| w.path.clone());
        (from, path.clone())
    };
    exercise.manifest.editable.iter().map(of).collect()
}

fn ran_without_warnings(report: Report, what: &str) -> Result<BTreeMap<String, Outcome>, String> {
    match report {
        Report::DoesNotBuild(messages) => Err(format!("{what} does not compile:\n{messages}")),
        Report::Ran { warnings, .. } if !warnings.is_empty() => {
            Err(format!("{what} has warnings:\n{warnings}"))
        }
        Report::Ran { checks, .. } => Ok(checks),
    }
}

fn must_pass(check: &str, outcome: &Outcome, what: &str) -> Result<(), String> {
    match outcome.status.as_str() {
        "passed" => Ok(()),
        status => Err(format!("`{check}` {status} {what}:\n{}", outcome.said)),
    }
}

fn must_be_caught(check: &str, outcome: &Outcome, says: &str) -> Result<(), String> {
    match outcome.status.as_str() {
        "failed" if outcome.said.contains(says) => Ok(()),
        "failed" => Err(format!(
            "`{check}` fails, but does not say {says:?}. It says:\n{}",
            outcome.said
        )),
        status => Err(format!(
            "`{check}` is `{status}` where it must fail with {says:?}\n{}",
            outcome.said
        )),
    }
}
