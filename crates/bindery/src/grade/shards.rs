//! `grade run` and `grade merge`: a share of a plan on this machine, and what came of all shares.
//!
//! Both can be done again at any time. What was judged is not judged again, and what two machines
//! have judged is the same, or somebody is told.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use course::{Course, Exercise};
use grader::{GraderError, HandedIn, Lock, Records, Roll};

use super::class::{self, Marks};
use super::judging;
use super::plan::Bench;
use crate::screen::{here, me};
use crate::trouble::Trouble;
use crate::workshop;

/// How many gaps are named one by one.
const NAMED: usize = 10;

/// A share such as 2/5.
pub fn share(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts
        .filter(|&(i, n): &(usize, usize)| 1 <= i && i <= n)
        .ok_or_else(|| "a share is written as 2/5: the second of five".to_owned())
}

/// Judges a share of a plan.
pub fn run(
    out: &Path,
    (which, parts): (usize, usize),
    hidden: Option<&Path>,
    how: &judging::Options,
) -> Result<ExitCode, Trouble> {
    let roll = the_plan_in(out)?;
    let _lock = Lock::of_shard(out, (which, parts))?;
    judging::see_that_it_works(roll.tier, how)?;
    let root = workshop::root()?;
    let exercises = roll.asked.iter();
    let exercises: Vec<Exercise> = exercises
        .filter_map(|asked| Course::exactly(&root, &asked.exercise))
        .collect();
    let exercises: Vec<&Exercise> = exercises.iter().collect();
    let hidden = hidden.or(roll.hidden.as_deref());
    let running = judging::until_interrupted()?;
    let bench = Bench::of(&exercises, hidden, roll.seed, roll.tier, running)?;
    roll.is_for(&bench.court(), &bench.exercises)?;
    let work = roll.share(out, which, parts)?;
    let tally = judging::judge_all(&bench, &work, out, how)?;
    println!("judged {}, known before {}", tally.judged, tally.known);
    let records = Records::in_folder(&out.join("records"));
    let faults = (work.answers.keys()).filter(|key| records.find(key).is_none());
    match faults.count() {
        0 => Ok(ExitCode::SUCCESS),
        faults => Err(Trouble::new(
            format!("{faults} answers came to no judgement, by the grader's own fault"),
            "run the same command again, and they are judged again",
        )),
    }
}

/// Puts the marks together from judgements that are there.
pub fn merge(out: &Path, from: &[PathBuf], marks: &Marks) -> Result<ExitCode, Trouble> {
    let roll = the_plan_in(out)?;
    let _lock = Lock::alone(out, "merges")?;
    let records = Records::in_folder(&out.join("records"));
    for folder in from {
        let theirs = match folder.join("records") {
            inner if inner.is_dir() => Records::in_folder(&inner),
            _ => Records::in_folder(folder),
        };
        let taken = records.take_from(&theirs, &roll.keys())?;
        if taken == 0 && !roll.keys().is_empty() {
            let folder = folder.clone();
            return Err(GraderError::NothingOfThePlan { folder }.into());
        }
    }
    let code = class::write(out, &roll, &records, marks)?;
    let gaps = roll.gaps(&records);
    match gaps.is_empty() {
        true => Ok(code),
        false => Err(Trouble::new(
            format!(
                "{} of {} submissions were not judged, and their marks are pending:{}",
                gaps.len(),
                roll.handed_in.len(),
                named(&gaps)
            ),
            format!(
                "run `{} grade run {}`, which judges these alone, and merge again",
                me(),
                here(out)
            ),
        )),
    }
}

fn the_plan_in(out: &Path) -> Result<Roll, Trouble> {
    match out.join("plan.json").is_file() {
        true => Ok(Roll::read(out)?),
        false => Err(Trouble::new(
            format!("`{}` holds no plan", here(out)),
            format!("make one with `{} grade plan SUBMISSIONS --out DIR`", me()),
        )),
    }
}

fn named(gaps: &[&HandedIn]) -> String {
    let line = |it: &&HandedIn| {
        let student = grader::text::one_line(&it.student.0);
        format!("\n  {student}: {}", it.exercise)
    };
    let mut lines: String = gaps.iter().take(NAMED).map(line).collect();
    if gaps.len() > NAMED {
        lines += &format!("\n  and {} more", gaps.len() - NAMED);
    }
    lines
}
