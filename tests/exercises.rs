//! The proof that the exercises are right.
//!
//! For every exercise, on copies, whatever a learner has done in `exercises/`:
//! the pristine starter builds without a warning and fails exactly as its
//! manifest declares; the solution passes the visible and the hidden checks
//! without a warning; every wrong answer is caught by the check it names, with
//! the message it names.
//!
//! `cargo test -p proof --test exercises -- detach` proves one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use course::{Catcher, Course, Exercise, Solution, Wrong};
use libtest_mimic::{Arguments, Failed, Trial};
use proof::{Mirror, Outcome, Report, root, strict};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
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
    let trial =
        |name: String, proof: Box<dyn FnOnce(&Mirror, &Exercise) -> Result<(), String> + Send>| {
            let (mirror, exercise) = (mirror.clone(), exercise.clone());
            Trial::test(format!("{slug}::{name}"), move || {
                proof(&mirror, &exercise).map_err(Failed::from)
            })
        };
    let mut trials = vec![trial(
        "starter_fails_as_declared".into(),
        Box::new(starter_fails_as_declared),
    )];
    let Some(solution) = solution else {
        return trials;
    };
    for wrong in solution.wrong.clone() {
        let base = solution.clone();
        let name = format!("wrong::{}_is_caught", wrong.name);
        trials.push(trial(
            name,
            Box::new(move |m, e| wrong_answer_is_caught(m, e, &base, &wrong, has_hidden)),
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
        mirror.try_answer(exercise, &files, false, true)?,
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
    let report = mirror.try_answer(exercise, &files_of(exercise, solution, None), hidden, true)?;
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
    hidden: bool,
) -> Result<(), String> {
    let report = mirror.try_answer(
        exercise,
        &files_of(exercise, solution, Some(wrong)),
        hidden,
        false,
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
